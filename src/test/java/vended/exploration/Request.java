package vended.exploration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request, or several that one caller makes one after the other.
 *
 * @param name of who makes it, unique in a scenario
 * @param skew by how many places its function's clock is off, in the order of the starts
 * @param after the requests that must have ended before this one starts
 * @param watched whether a promise is about what happened since it started
 * @param retried whether it is started once more after a crash, as a step of the schedule is
 * @param program what it does: the use cases on their ports
 */
record Request(
    String name,
    int skew,
    List<String> after,
    boolean watched,
    boolean retried,
    Function<Ports, Object> program) {
  Request {
    after = List.copyOf(after);
  }

  Request(String name, Function<Ports, Object> program) {
    this(name, 0, List.of(), false, false, program);
  }

  Request after(String... others) {
    return new Request(name, skew, List.of(others), watched, retried, program);
  }

  Request skewed(int places) {
    return new Request(name, places, after, watched, retried, program);
  }

  Request watchedFromItsStart() {
    return new Request(name, skew, after, true, retried, program);
  }

  Request retriedAfterCrash() {
    return new Request(name, skew, after, watched, true, program);
  }

  /**
   * Where a request is: the answers that it has got. Two requests with the same answers are at the
   * same place, so each place exists once.
   */
  static final class Place {
    private final Request request;
    private final long time;
    private final List<Object> answers;
    private final Map<Object, Place> next = new HashMap<>();
    private @Nullable Call pending;
    private @Nullable Object result;

    /** The place before the first call. */
    Place(Request request, long time, List<Object> answers) {
      this.request = request;
      this.time = time;
      this.answers = List.copyOf(answers);
      Ports ports = new Ports(request.name(), time + request.skew(), this.answers);
      try {
        result = request.program().apply(ports);
      } catch (Ports.Paused paused) {
        pending = paused.call();
      }
    }

    /** The place after one more answer. */
    Place then(Object answer) {
      return next.computeIfAbsent(
          answer,
          one -> {
            List<Object> all = new ArrayList<>(answers);
            all.add(one);
            return new Place(request, time, all);
          });
    }

    /** The next call; null if the request has ended. */
    @Nullable Call pending() {
      return pending;
    }

    /** What it answered; null if it has not ended. */
    @Nullable Object result() {
      return result;
    }
  }
}

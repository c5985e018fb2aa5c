package vended.exploration;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.exploration.Request.Place;

/**
 * A world, and where each request is.
 *
 * @param seats in the order of the scenario's requests
 * @param starts how many requests have started: the time
 * @param faults how many faults may still happen
 */
record Situation(World world, List<Seat> seats, int starts, int faults) {
  Situation {
    seats = List.copyOf(seats);
  }

  /**
   * Where a request is.
   *
   * @param place null before its first call
   * @param crashed whether its function has died; then it makes no more calls
   * @param crashes how often it has died, with what was started again
   * @param events how many events there were when it started
   * @param ended which requests had ended when it started, as bits
   */
  record Seat(@Nullable Place place, boolean crashed, int crashes, int events, long ended) {
    static final Seat FREE = new Seat(null, false, 0, 0, 0);

    /** What the request answered; null if it has not, or never will. */
    @Nullable Object result() {
      return crashed || place == null ? null : place.result();
    }

    boolean isOver() {
      return crashed || result() != null;
    }

    Seat at(Place next) {
      return new Seat(next, false, crashes, events, ended);
    }
  }

  Situation with(World after, int seat, Seat next, int usedFaults) {
    List<Seat> all = new ArrayList<>(seats);
    all.set(seat, next);
    return new Situation(after, all, starts, faults - usedFaults);
  }

  Situation started() {
    return new Situation(world, seats, starts + 1, faults);
  }

  /** Which requests have answered, as bits. */
  long ended() {
    long bits = 0;
    for (int i = 0; i < seats.size(); i++) {
      bits |= seats.get(i).result() == null ? 0 : 1L << i;
    }
    return bits;
  }
}

package vended.exploration;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.write.Change;
import vended.audit.Reason;
import vended.exploration.Call.Effect;
import vended.exploration.Call.Failure;
import vended.exploration.Call.Kind;
import vended.exploration.Request.Place;
import vended.exploration.Situation.Seat;
import vended.sts.RoleAssumer;

/** Visits every situation of a scenario once, depth first. */
final class Explorer {
  /** The request that changes the role's trust policy, if there is one. */
  static final String CLIENT = "client";

  private final Scenario scenario;
  private final Set<Key> seen = new HashSet<>();
  private final Map<World, Integer> worlds = new HashMap<>();
  private final Map<Integer, Map<Long, Place>> starts = new HashMap<>();
  private final Deque<String> trace = new ArrayDeque<>();
  private long steps;
  private long ends;
  private int depth;

  private Explorer(Scenario scenario) {
    this.scenario = scenario;
  }

  /** A situation, short enough to keep millions of them. */
  private record Key(int world, List<Seat> seats, int starts, int faults) {}

  /**
   * What an exploration came to.
   *
   * @param situations how many different situations it visited
   * @param steps how many calls it made between them
   * @param ends in how many of them every request was over
   * @param depth the most calls in a row
   * @param time how long it took
   * @param violation what was broken, and how it came to that; null if nothing was
   */
  record Result(
      String scenario,
      int situations,
      long steps,
      long ends,
      int depth,
      Duration time,
      @Nullable String violation) {
    @Override
    public String toString() {
      return "%s: %,d situations, %,d steps, %,d ends, depth %d, %.1f s%s"
          .formatted(
              scenario,
              situations,
              steps,
              ends,
              depth,
              time.toMillis() / 1e3,
              violation == null ? "" : "\n" + violation);
    }
  }

  /**
   * Explores a scenario until a promise is broken.
   *
   * @param faults how many faults may happen in one run: lost answers, failed calls, crashes
   */
  static Result explore(Scenario scenario, int faults) {
    long begin = System.nanoTime();
    Explorer explorer = new Explorer(scenario);
    List<Seat> seats = scenario.requests().stream().map(request -> Seat.FREE).toList();
    Situation first = new Situation(scenario.start(), seats, 0, faults);
    String violation = explorer.visit(first);
    return new Result(
        scenario.name() + ", faults " + faults,
        explorer.seen.size(),
        explorer.steps,
        explorer.ends,
        explorer.depth,
        Duration.ofNanos(System.nanoTime() - begin),
        violation);
  }

  private @Nullable String visit(Situation situation) {
    int world = worlds.computeIfAbsent(situation.world(), w -> worlds.size());
    if (!seen.add(new Key(world, situation.seats(), situation.starts(), situation.faults()))) {
      return null;
    }
    for (Promise promise : scenario.promises()) {
      String broken = promise.broken(scenario, situation);
      if (broken != null) {
        return broken + ", after\n  " + String.join("\n  ", trace.reversed());
      }
    }
    depth = Math.max(depth, trace.size());
    List<Step> next = next(situation);
    if (next.isEmpty()) {
      ends++;
    }
    for (Step step : next) {
      steps++;
      trace.push(step.name());
      String violation = visit(step.after());
      if (violation != null) {
        return violation;
      }
      trace.pop();
    }
    return null;
  }

  private record Step(String name, Situation after) {}

  private List<Step> next(Situation situation) {
    List<Step> steps = new ArrayList<>();
    int alone = independent(situation);
    if (alone >= 0) {
      act(steps, situation, alone, situation.seats().get(alone));
      return steps;
    }
    for (int i = 0; i < situation.seats().size(); i++) {
      Seat seat = situation.seats().get(i);
      Request request = scenario.requests().get(i);
      if (seat.isOver() || !mayStart(situation, seat, request)) {
        continue;
      }
      Place place = seat.place();
      if (place == null) {
        Situation started = scenario.timed() ? situation.started() : situation;
        Place first = first(i, started.starts());
        Seat next =
            request.watched()
                ? new Seat(
                    first,
                    false,
                    seat.crashes(),
                    situation.world().events().size(),
                    situation.ended())
                : new Seat(first, false, seat.crashes(), 0, 0);
        act(steps, started, i, next);
      } else {
        act(steps, situation, i, seat);
      }
    }
    return steps;
  }

  /**
   * A request whose next call commutes with all that the others can do: no other order of this call
   * needs to be tried (partial-order reduction). It can answer earlier than in other orders, which
   * only makes more promises hold for those that start after it.
   *
   * @return -1 if there is none
   */
  private int independent(Situation situation) {
    boolean trustIsFixed = true;
    for (int i = 0; i < situation.seats().size(); i++) {
      boolean outside = scenario.requests().get(i).name().equals(CLIENT);
      trustIsFixed &= !outside || situation.seats().get(i).isOver();
    }
    for (int i = 0; i < situation.seats().size(); i++) {
      Seat seat = situation.seats().get(i);
      Call call = seat.isOver() || seat.place() == null ? null : seat.place().pending();
      if (call != null
          && (call.kind() == Kind.OWN_ROW || (call.kind() == Kind.STS && trustIsFixed))) {
        return i;
      }
    }
    return -1;
  }

  private boolean mayStart(Situation situation, Seat seat, Request request) {
    return seat.place() != null
        || request.after().stream()
            .allMatch(other -> situation.seats().get(scenario.seat(other)).isOver());
  }

  private Place first(int seat, long time) {
    return starts
        .computeIfAbsent(seat, s -> new HashMap<>())
        .computeIfAbsent(time, t -> new Place(scenario.requests().get(seat), t, List.of()));
  }

  /** Adds every way in which the next call of a request can end. */
  private void act(List<Step> steps, Situation situation, int i, Seat seat) {
    Place place = Objects.requireNonNull(seat.place());
    Call call = place.pending();
    if (call == null) {
      steps.add(new Step(name(i, "ends"), situation.with(situation.world(), i, seat, 0)));
      return;
    }
    Effect effect = call.effect().apply(situation.world());
    String name = name(i, call.name());
    steps.add(
        new Step(name, situation.with(effect.after(), i, seat.at(place.then(effect.answer())), 0)));
    if (situation.faults() == 0 || call.kind() == Kind.OUTSIDE) {
      return;
    }
    // Not applied: the request is told so, or its function dies before the call.
    Object failure = failure(call.kind());
    steps.add(
        new Step(
            name + " FAILS",
            situation.with(situation.world(), i, seat.at(place.then(failure)), 1)));
    steps.add(
        new Step(
            "CRASH of " + name(i, "before it would " + call.name()),
            situation.with(situation.world(), i, crashed(i, seat), 1)));
    if (call.kind() == Kind.TRANSACTION) {
      steps.add(
          new Step(
              name + " IS THROTTLED",
              situation.with(
                  situation.world(), i, seat.at(place.then(new Change.Throttled())), 1)));
    }
    boolean changed = !effect.after().equals(situation.world());
    if (changed) {
      steps.add(
          new Step(
              name + " BUT ITS ANSWER IS LOST",
              situation.with(effect.after(), i, seat.at(place.then(failure)), 1)));
      steps.add(
          new Step(name + " AND CRASHES", situation.with(effect.after(), i, crashed(i, seat), 1)));
    }
  }

  /** What is retried starts again from its beginning, once. */
  private Seat crashed(int i, Seat seat) {
    boolean again = scenario.requests().get(i).retried() && seat.crashes() == 0;
    return again
        ? new Seat(null, false, 1, 0, 0)
        : new Seat(null, true, seat.crashes() + 1, seat.events(), seat.ended());
  }

  private static Object failure(Kind kind) {
    return kind == Kind.STS
        ? new RoleAssumer.NotIssued(Reason.STS_UNAVAILABLE, true, null)
        : new Failure("no answer");
  }

  private String name(int i, String what) {
    return scenario.requests().get(i).name() + ": " + what;
  }
}

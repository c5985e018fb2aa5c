package vended.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vended.chaos.Deed.Kind;
import vended.chaos.wire.Boundary;
import vended.chaos.wire.Strike;

/** Breaks requests on one stand, one after the other, and tells which promises were broken. */
final class Trials {
  /** On a busy machine, a call without a fault can miss a short time limit. */
  private static final int HASTY_TRIES = 8;

  /** The SDK gives up retries once there were too many: fewer cases than that. */
  private static final int RESTART_AFTER = 6;

  private final Stand stand;
  private final Scene scene;
  private final Map<Deed, Result> clean = new HashMap<>();
  private int verdicts;

  Trials(Stand stand) {
    this.stand = stand;
    this.scene = new Scene(stand);
  }

  /**
   * What came of a case.
   *
   * @param broken what is broken
   * @param further calls that only the faults brought about
   */
  record Verdict(List<String> broken, List<Boundary> further) {}

  /** What comes of a request without a fault. */
  Result clean(Deed deed) throws Exception {
    Result result = clean.get(deed);
    if (result == null) {
      stand.hurry(false);
      scene.arrange(deed);
      result = scene.act(deed, List.of());
      List<String> broken = Promises.broken(deed, result);
      broken.addAll(Truth.broken(deed, result, result, List.of()));
      if (!broken.isEmpty() || result.status() == 500 || result.status() == 503) {
        throw new AssertionError(deed + " without a fault: " + result.answer() + broken);
      }
      clean.put(deed, result);
    }
    return result;
  }

  /** Breaks a request, sends it again if the answer says so, and then another one. */
  Verdict verdict(Deed deed, List<Strike> strikes) throws Exception {
    Result wanted = clean(deed);
    if (++verdicts % RESTART_AFTER == 0) {
      stand.restart();
    }
    stand.hurry(strikes.stream().anyMatch(strike -> strike.fault().isWaitedFor()));
    Result result = broken(deed, strikes);
    List<String> broken = new ArrayList<>(Promises.broken(deed, result));
    if (!stand.network().allHappened(strikes)) {
      broken.add("the fault did not happen");
    }
    broken.addAll(Truth.broken(deed, wanted, result, strikes));
    if ("true".equals(result.text("retryable"))) {
      again(deed, wanted).forEach(text -> broken.add("sent again: " + text));
    }
    scene.arrange(deed);
    judged(deed, wanted, patiently(deed)).forEach(text -> broken.add("the next one: " + text));
    return new Verdict(broken, further(wanted, result));
  }

  /** Short time limits bring about calls by chance, which no other run would make. */
  private List<Boundary> further(Result wanted, Result result) {
    Set<Boundary> usual = Set.copyOf(wanted.calls());
    return stand.isHurrying()
        ? List.of()
        : result.calls().stream().filter(call -> !usual.contains(call)).toList();
  }

  private Result broken(Deed deed, List<Strike> strikes) throws Exception {
    scene.arrange(deed);
    Result result = scene.act(deed, strikes);
    for (int tries = 1; isMissed(strikes) && tries < HASTY_TRIES; tries++) {
      scene.arrange(deed);
      result = scene.act(deed, strikes);
    }
    return result;
  }

  /** An earlier call may have missed its time limit. */
  private boolean isMissed(List<Strike> strikes) {
    return stand.isHurrying() && !stand.network().allHappened(strikes);
  }

  private List<String> again(Deed deed, Result wanted) throws Exception {
    Result again = patiently(deed);
    if (deed.kind() != Kind.STEP) {
      return judged(deed, wanted, again);
    }
    // A step that was made already has nothing to do.
    List<String> broken = new ArrayList<>(Promises.broken(deed, again));
    if (again.status() != 200) {
      broken.add(again.plainAnswer());
    }
    return broken;
  }

  private static List<String> judged(Deed deed, Result wanted, Result result) {
    List<String> broken = new ArrayList<>(Promises.broken(deed, result));
    broken.addAll(Truth.broken(deed, wanted, result, List.of()));
    if (result.status() != wanted.status()) {
      broken.add(result.plainAnswer());
    }
    return broken;
  }

  private Result patiently(Deed deed) throws Exception {
    Result result = scene.act(deed, List.of());
    for (int tries = 1;
        stand.isHurrying() && result.status() == 503 && tries < HASTY_TRIES;
        tries++) {
      scene.arrange(deed);
      result = scene.act(deed, List.of());
    }
    return result;
  }
}

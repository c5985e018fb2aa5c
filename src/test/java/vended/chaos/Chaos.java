package vended.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.chaos.wire.Boundary;
import vended.chaos.wire.Fault;
import vended.chaos.wire.Strike;

/**
 * All cases: each call of each deed, with each fault, of the first attempt, of a retry, and of all
 * attempts; and, where a fault brings about further calls, the same with those.
 */
final class Chaos {
  private final List<Deed> deeds;
  private final Deque<Case> waiting = new ArrayDeque<>();
  private final Set<Further> known = new HashSet<>();
  private final Set<Place> places = new HashSet<>();
  private final Set<Place> hit = new HashSet<>();
  private final List<String> findings = new ArrayList<>();
  private final boolean all;
  private int cases;
  private int running;

  private record Case(Deed deed, List<Strike> strikes) {
    @Override
    public String toString() {
      return deed + ": " + strikes;
    }
  }

  private record Place(Deed deed, Boundary boundary) {}

  private record Further(Deed deed, Boundary first, Boundary further) {}

  /**
   * The cases of some deeds.
   *
   * @param all whether all of them; else each call with one of the faults, at its first attempt,
   *     and each write so that it never lands
   */
  Chaos(List<Deed> deeds, boolean all) {
    this.deeds = List.copyOf(deeds);
    this.all = all;
  }

  /** Runs them on several stands at once, since most of the time is waiting. */
  void run(List<Stand> stands) throws Exception {
    Trials first = new Trials(stands.getFirst());
    for (Deed deed : deeds) {
      for (Boundary boundary : first.clean(deed).calls()) {
        places.add(new Place(deed, boundary));
        enqueue(deed, boundary);
      }
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(stands.size())) {
      List<Future<?>> runs = new ArrayList<>();
      for (Stand stand : stands) {
        Trials trials = stand == stands.getFirst() ? first : new Trials(stand);
        runs.add(executor.submit(() -> work(trials)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  private void enqueue(Deed deed, Boundary boundary) {
    List<Fault> faults = Stream.of(Fault.values()).filter(fault -> fault.isAt(boundary)).toList();
    if (!all) {
      // Another one for each call; those that take long are left to the profile.
      List<Fault> quick = faults.stream().filter(fault -> !fault.isWaitedFor()).toList();
      Fault fault = quick.get(places.size() % quick.size());
      Strike.Tries tries = fault.isOf(Strike.Tries.FIRST) ? Strike.Tries.FIRST : Strike.Tries.ALL;
      waiting.add(new Case(deed, List.of(new Strike(boundary, fault, tries))));
      if (!boundary.isRead()) {
        Strike never = new Strike(boundary, Fault.RESET_BEFORE_IT_LANDS, Strike.Tries.ALL);
        waiting.add(new Case(deed, List.of(never)));
      }
      return;
    }
    for (Fault fault : faults) {
      for (Strike.Tries tries : Strike.Tries.values()) {
        if (fault.isOf(tries)) {
          waiting.add(new Case(deed, List.of(new Strike(boundary, fault, tries))));
        }
      }
    }
  }

  private Void work(Trials trials) throws Exception {
    for (Case next = take(); next != null; next = take()) {
      Trials.Verdict verdict = trials.verdict(next.deed(), next.strikes());
      done(next, verdict);
    }
    return null;
  }

  private synchronized @Nullable Case take() throws InterruptedException {
    while (waiting.isEmpty() && running > 0) {
      wait();
    }
    Case next = waiting.poll();
    if (next != null) {
      running++;
    }
    return next;
  }

  private synchronized void done(Case done, Trials.Verdict verdict) {
    running--;
    cases++;
    done.strikes().forEach(strike -> hit.add(new Place(done.deed(), strike.where())));
    verdict.broken().forEach(broken -> findings.add(done + ": " + broken));
    if (all && done.strikes().size() == 1) {
      verdict.further().forEach(further -> enqueueBoth(done, further));
    }
    notifyAll();
  }

  /** A call that only a fault brings about is broken too. */
  private void enqueueBoth(Case done, Boundary further) {
    Strike first = done.strikes().getFirst();
    if (!known.add(new Further(done.deed(), first.where(), further))) {
      return;
    }
    places.add(new Place(done.deed(), further));
    for (Fault fault : Fault.values()) {
      if (fault.isAt(further)) {
        Strike second = new Strike(further, fault, Strike.Tries.ALL);
        waiting.add(new Case(done.deed(), List.of(first, second)));
      }
    }
  }

  /** What was broken, with the case. */
  List<String> findings() {
    return List.copyOf(findings);
  }

  /** How many calls no fault has happened to. */
  int missed() {
    return places.size() - hit.size();
  }

  @Override
  public String toString() {
    return "chaos: %d requests, %d boundaries (%d hit), %d faults, %d cases, %d findings"
        .formatted(
            deeds.size(), places.size(), hit.size(), Fault.values().length, cases, findings.size());
  }
}

package vended.crowd;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether something stands in the way of a vend, as far as those know who changed it: what a change
 * was told of its end is certain, what happens during one is not. Times are {@code
 * System.nanoTime()}.
 */
final class Standing {
  /** So many changes back nothing matters any more: no call takes that long. */
  private static final int KEPT = 200;

  private final Deque<Change> changes = new ArrayDeque<>();

  /** A change while it is made, and how it ended. */
  final class Change {
    private final boolean allows;
    private final long start = System.nanoTime();
    private long end = Long.MAX_VALUE;
    private boolean certain;

    private Change(boolean allows) {
      this.allows = allows;
    }

    /** It was acknowledged. */
    void made() {
      end(true);
    }

    /** Nobody knows whether it was made. */
    void unsure() {
      end(false);
    }

    /** It was refused. */
    void refused() {
      synchronized (changes) {
        changes.remove(this);
      }
    }

    private void end(boolean known) {
      synchronized (changes) {
        end = System.nanoTime();
        certain = known;
      }
    }
  }

  /** Starts as something that allows vends. */
  Standing() {
    begin(true).made();
  }

  Change begin(boolean allows) {
    synchronized (changes) {
      Change change = new Change(allows);
      changes.add(change);
      if (changes.size() > KEPT && changes.getFirst().end < Long.MAX_VALUE) {
        changes.removeFirst();
      }
      return change;
    }
  }

  /** Whether it refused everything during all of this time. */
  boolean refused(long from, long until) {
    return certainly(false, from, until);
  }

  /** Whether it refused nothing during all of this time. */
  boolean allowed(long from, long until) {
    return certainly(true, from, until);
  }

  /**
   * Whether a change of the kind was acknowledged before this time, and none of the other kind was
   * under way since it began.
   */
  private boolean certainly(boolean allows, long from, long until) {
    synchronized (changes) {
      return changes.stream()
          .filter(change -> change.allows == allows && change.certain && change.end < from)
          .anyMatch(
              change ->
                  changes.stream()
                      .noneMatch(
                          other ->
                              other.allows != allows
                                  && other.end > change.start
                                  && other.start < until));
    }
  }
}

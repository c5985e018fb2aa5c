package vended.audit.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;

/** Reads rows step by step until the visitor has enough or the bounds are reached. */
public final class AuditWalk {
  private final AuditRows rows;
  private final Clock clock;

  public AuditWalk(AuditRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Takes the rows that a walk reads. */
  public interface Visitor {
    /**
     * Takes the rows of one step, newest first.
     *
     * @return null to continue; else where the walk ends, for example after one of the rows
     * @throws AuditException if a lookup failed
     */
    @Nullable Position take(Slice slice) throws AuditException;
  }

  /**
   * Limits of a walk.
   *
   * @param rows no step follows after this many
   * @param steps the most queries, or rounds of eight queries where hours are read
   * @param time no step follows after this; a step itself can take some seconds
   */
  public record Bounds(int rows, int steps, Duration time) {}

  /** Reads the rows of a key and a period from the newest on, in the largest steps. */
  public @Nullable Position walk(AuditKey key, Period period, Bounds bounds, Visitor visitor)
      throws AuditException {
    return walk(key, period, null, AuditRows.MAX_STEP, bounds, visitor);
  }

  /**
   * Reads the rows of a key and a period, newest first, as far as the bounds allow.
   *
   * @param from where an earlier walk with this key and period ended; null to start
   * @param step the most rows of one step, 1 to {@link AuditRows#MAX_STEP}
   * @return where the next walk starts; null if every row was read
   * @throws AuditException if the rows could not be read
   */
  public @Nullable Position walk(
      AuditKey key,
      Period period,
      @Nullable Position from,
      int step,
      Bounds bounds,
      Visitor visitor)
      throws AuditException {
    Instant end = clock.instant().plus(bounds.time());
    Position position = from;
    int read = 0;
    for (int steps = 0; steps < bounds.steps(); steps++) {
      Slice slice = rows.read(key, period, position, step);
      Position stopped = visitor.take(slice);
      read += slice.rows().size();
      position = stopped == null ? slice.next() : stopped;
      if (stopped != null
          || position == null
          || read >= bounds.rows()
          || !clock.instant().isBefore(end)) {
        return position;
      }
    }
    return position;
  }
}

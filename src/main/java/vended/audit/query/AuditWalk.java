package vended.audit.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;

/** Reads on, step by step, until a piece of work is done or its bounds are met. */
public final class AuditWalk {
  private final AuditRows rows;
  private final Clock clock;

  /** Of the rows of an audit. */
  public AuditWalk(AuditRows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  /** Takes what was read. */
  public interface Visitor {
    /**
     * Takes the rows of a step, the newest first.
     *
     * @return none to read on; else where the walk ends, for example behind one of the rows
     * @throws AuditException if more had to be looked up and could not
     */
    @Nullable Position take(Slice slice) throws AuditException;
  }

  /**
   * The most that a walk does.
   *
   * @param rows after which no more steps are made
   * @param steps queries, or rounds of eight of them where all hours are read
   * @param time after which no more steps are made; a step takes some seconds at the worst
   */
  public record Bounds(int rows, int steps, Duration time) {}

  /**
   * Reads all rows of a key and a period, the newest first, as far as the bounds allow.
   *
   * @param from where an earlier walk with this key and period ended; none at the beginning
   * @param step the most rows of one step, 1 to {@link AuditRows#MAX_STEP}
   * @return where the next walk goes on; none if all was read
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

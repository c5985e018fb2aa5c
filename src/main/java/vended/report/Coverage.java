package vended.report;

import java.time.Instant;
import vended.audit.query.Period;

/**
 * What a report covers.
 *
 * @param completeSince the time from which every row was read: the start of the period, or later if
 *     the period has more rows than one report reads
 * @param rows how many rows were read
 * @param madeFor the ARN of the person who asked for it
 */
public record Coverage(
    Period period, Instant completeSince, long rows, Instant madeAt, String madeFor) {
  /** Whether the whole period was read. */
  public boolean isComplete() {
    return !completeSince.isAfter(period.since());
  }
}

package vended.report;

import java.time.Instant;
import vended.audit.query.Period;

/**
 * What a report is about.
 *
 * @param period the period that was asked for
 * @param completeSince from when on all rows were read: the period's beginning, or later where
 *     there was more than one report reads
 * @param rows how many were read
 * @param madeAt when
 * @param madeFor the ARN of who asked for it
 */
public record Coverage(
    Period period, Instant completeSince, long rows, Instant madeAt, String madeFor) {
  /** Whether all of the period was read. */
  public boolean isComplete() {
    return !completeSince.isAfter(period.since());
  }
}

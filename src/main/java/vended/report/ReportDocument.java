package vended.report;

import java.time.Instant;
import vended.report.now.AllowListNow;
import vended.report.period.PeriodFigures;

/**
 * A report.
 *
 * @param period the figures of the period, which are the same each time once it is over
 * @param now the allow-list at the time of the report
 * @param madeAt the time of the report
 * @param madeFor the ARN of the person who asked for it
 */
public record ReportDocument(
    PeriodFigures period, AllowListNow now, Instant madeAt, String madeFor) {}

package vended.report.make;

import java.time.Duration;

/**
 * How much work one report may do. All times count from the report's start. After its time, each
 * part can make one more call, 2.25 s at worst.
 *
 * @param records time to read the period's records
 * @param outcomes time to look up the outcomes of intents
 * @param allowList time to read the allow-list
 * @param uses time to look up when grants were used
 * @param maxRecords the most records to read, plus at most one query
 * @param maxSteps the most rounds of queries, one or more for each hour
 * @param maxListed the most rows of the allow-list to read, plus at most one page
 */
public record ReportLimits(
    Duration records,
    Duration outcomes,
    Duration allowList,
    Duration uses,
    int maxRecords,
    int maxSteps,
    int maxListed) {

  /**
   * The limits of the audit function: at most 17 s of its 20 s, which leaves time to write the
   * document. 100,000 records cost about 12,500 read units, 10,000 steps are more than the hours of
   * a year, and 10,000 rows of the allow-list are some megabytes.
   */
  public static ReportLimits ofFunction() {
    return new ReportLimits(
        Duration.ofSeconds(8),
        Duration.ofSeconds(9),
        Duration.ofSeconds(11),
        Duration.ofSeconds(14),
        100_000,
        10_000,
        10_000);
  }
}

package vended.report.make;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.audit.AuditException;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditWalk;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.report.Coverage;
import vended.report.OpenRecords;
import vended.report.Report;
import vended.report.Unused;

/** Makes a report within limits, and marks the figures that the limits left incomplete. */
public final class MakeReport {
  private final AuditRows rows;
  private final AuditWalk walk;
  private final ReadAllowList allowList;
  private final Clock clock;
  private final ReportLimits limits;

  public MakeReport(AuditRows rows, AllowListPages pages, Clock clock, ReportLimits limits) {
    this.rows = rows;
    this.walk = new AuditWalk(rows, clock);
    this.allowList = new ReadAllowList(pages, limits.maxListed());
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Makes the report of a period.
   *
   * @param madeFor the ARN of the person who asks for it
   * @throws AuditException if the audit could not be read
   * @throws AllowListException if the allow-list could not be read
   */
  public Report make(Period period, String madeFor) throws AuditException, AllowListException {
    Instant now = clock.instant();
    Tally tally = new Tally(period);
    Position rest =
        walk.walk(
            new AuditKey.Hours(),
            period,
            until(now.plus(limits.records())).bounds(limits.maxRecords(), limits.maxSteps()),
            tally);
    Coverage coverage =
        new Coverage(period, completeSince(period, rest), tally.rows(), now, madeFor);
    boolean exact = coverage.isComplete();
    OpenRecords open =
        new FindOpen(rows)
            .among(tally.withoutOutcome(), coverage, until(now.plus(limits.outcomes())));
    AllowListNow list = allowList.read(until(now.plus(limits.allowList())));
    Unused unused =
        new FindUnused(walk)
            .among(list, tally.links().lastGranted(), coverage, until(now.plus(limits.uses())));
    return new Report(
        coverage,
        tally.totals(exact),
        tally.timeline().figures(coverage),
        tally.links().figures(exact),
        tally.refusals().figures(exact),
        open,
        new GrantTally(list, now).figures(unused),
        tally.newest());
  }

  private Budget until(Instant end) {
    return new Budget(clock, end);
  }

  /** The moment of the last row read can have more rows. */
  private static Instant completeSince(Period period, @Nullable Position rest) {
    if (rest == null) {
      return period.since();
    }
    Instant at = Instant.parse(rest.at());
    Instant complete = rest.row() == null ? at : at.plusMillis(1);
    return complete.isAfter(period.since()) ? complete : period.since();
  }
}

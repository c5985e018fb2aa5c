package vended.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.allowlist.VendingState;
import vended.audit.AuditException;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditWalk;
import vended.audit.query.Period;
import vended.audit.query.Position;

/**
 * Makes a report. Each part of the work has its time, and what there was no time for is said in the
 * report. All end within the function's 20 s: each part may take one call more than its time, 2.25
 * s at the worst, which makes 17 s, and the document another.
 */
public final class MakeReport {
  private static final Duration ROWS = Duration.ofSeconds(8);
  private static final Duration OPEN = Duration.ofSeconds(9);
  private static final Duration ALLOW_LIST = Duration.ofSeconds(11);
  private static final Duration UNUSED = Duration.ofSeconds(14);

  /** About 12,500 units of reading. */
  private static final int MAX_ROWS = 100_000;

  /** The hours of a year, and more. */
  private static final int MAX_STEPS = 10_000;

  private final AuditRows rows;
  private final AuditWalk walk;
  private final ReadAllowList allowList;
  private final Clock clock;

  /**
   * Of an audit and an allow-list.
   *
   * @param rows the audit
   * @param pages the allow-list
   * @param state whether anything is vended
   * @param clock the time
   */
  public MakeReport(AuditRows rows, AllowListPages pages, VendingState state, Clock clock) {
    this.rows = rows;
    this.walk = new AuditWalk(rows, clock);
    this.allowList = new ReadAllowList(pages, state);
    this.clock = clock;
  }

  /**
   * Makes the report of a period.
   *
   * @param madeFor the ARN of who asks for it
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
            null,
            AuditRows.MAX_STEP,
            until(now.plus(ROWS)).bounds(MAX_ROWS, MAX_STEPS),
            tally);
    Open open = new FindOpen(rows).among(tally.begun(), now, until(now.plus(OPEN)));
    AllowListNow list = allowList.read(until(now.plus(ALLOW_LIST)));
    Unused unused =
        new FindUnused(walk)
            .among(list.grants(), tally.lastGranted(), now, until(now.plus(UNUSED)));
    return new Report(
        new Coverage(period, completeSince(period, rest), tally.rows(), now, madeFor),
        tally.totals(),
        tally.timeline(),
        tally.links(),
        tally.refusals(),
        open,
        GrantFigures.of(list, unused, now),
        tally.newest());
  }

  private Budget until(Instant end) {
    return new Budget(clock, end);
  }

  /** A row's own moment may have more rows, that were not read. */
  private static Instant completeSince(Period period, @Nullable Position rest) {
    if (rest == null) {
      return period.since();
    }
    Instant at = Instant.parse(rest.at());
    Instant complete = rest.row() == null ? at : at.plusMillis(1);
    return complete.isAfter(period.since()) ? complete : period.since();
  }
}

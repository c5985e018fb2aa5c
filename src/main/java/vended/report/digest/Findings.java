package vended.report.digest;

import static vended.report.digest.Finding.Level.ACT;
import static vended.report.digest.Finding.Level.CHECK;
import static vended.report.digest.Finding.Level.KNOW;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import vended.report.ReportDocument;
import vended.report.html.Formats;
import vended.report.now.AllowListNow;
import vended.report.now.AllowListNow.SwitchState;
import vended.report.period.Counts;
import vended.report.period.PeriodFigures;
import vended.report.period.Timeline.Bucket;

/** What somebody should look at, the worst first, and what was looked for without finding it. */
public final class Findings {
  /** A burst is at least this many refusals in one hour or day … */
  private static final long BURST = 20;

  /** … and this many times as many as in the middle one of them. */
  private static final long TIMES = 5;

  private static final String BURST_ADVICE =
      "A misconfigured pipeline repeats one request; somebody who tries out roles makes many"
          + " different ones. The most frequent refusals tell them apart.";

  private final PeriodFigures figures;
  private final AllowListNow now;
  private final News news;
  private final List<Finding> found = new ArrayList<>();
  private final List<String> absent = new ArrayList<>();

  public Findings(ReportDocument report, News news) {
    this.figures = report.period();
    this.now = report.now();
    this.news = news;
    act();
    burst();
    check();
    know();
    found.sort(Comparator.comparing(Finding::level));
  }

  public List<Finding> found() {
    return found;
  }

  /** What was looked for and not found, in the plural. */
  public List<String> absent() {
    return absent;
  }

  private void act() {
    if (now.vending().state() == SwitchState.STOPPED) {
      add(ACT, "All vending is stopped", "Every request is refused until `vend start`.", "now");
    } else if (now.vending().state() == SwitchState.UNREADABLE) {
      add(
          ACT,
          "The switch of all vending is corrupt",
          "Every request is refused. Repair its row of the allow-list: docs/operations.md.",
          "now");
    }
    item(
        ACT,
        now.drifted().count(),
        "client role* no longer safe",
        "The last probe found that the trust policy changed, so vends are refused."
            + " `vend client verify ACCOUNT` says what the client must fix, and lets the role"
            + " in again.",
        "now");
    item(
        ACT,
        now.corrupt().count(),
        "corrupt row* of the allow-list",
        "Requests that need the row are refused. Repair it: docs/operations.md.",
        "now");
    item(
        ACT,
        figures.open().vendCount(),
        "vend* or probe* without an outcome",
        "Nobody received credentials from them, but STS may have issued some. Look for the"
            + " session’s name in the client’s CloudTrail.",
        "open");
    item(
        ACT,
        figures.open().changeCount(),
        "change* without an outcome",
        "The change may or may not have been made: look at the row that it concerns.",
        "open");
  }

  private void check() {
    Counts vends = figures.totals().vends();
    item(
        vends.failed() * 100 >= vends.total() ? CHECK : KNOW,
        vends.failed(),
        "vend* failed",
        "These callers were allowed, but STS refused, or DynamoDB failed. Most often, a"
            + " client changed its trust policy.",
        "refusals");
    item(
        CHECK,
        figures.totals().probesNotPassed(),
        "probe* did not pass",
        "`vend audit --kind probe` shows each one; `vend client verify ACCOUNT` says what the"
            + " client must fix.",
        "summary");
    item(
        CHECK,
        now.suspended().count(),
        "suspended client*",
        "All their vends are refused until `vend client resume ACCOUNT`; of a client that has"
            + " suspended itself, until the client resumes.",
        "now");
    item(
        CHECK,
        now.unpinned().count(),
        "unpinned grant*",
        "Each also admits a role that somebody creates anew under the caller’s name. Put it again"
            + " with `--caller-id`.",
        "unpinned");
    item(
        CHECK,
        now.expiring().count(),
        "grant* ending within 14 days",
        "If the caller still needs it, put it again with a later end.",
        "ending");
    item(
        CHECK,
        now.unused().count(),
        "grant* unused for 90 days",
        "Remove what nobody needs: `vend grant remove CALLER ROLE`.",
        "unused");
  }

  private void know() {
    item(
        KNOW,
        now.expired().count(),
        "expired grant*",
        "They admit nobody, and disappear some days after their end.",
        "ending");
    item(
        KNOW,
        figures.totals().other(),
        "record* of a kind that this version does not know",
        "A newer version of the service wrote them. `vend audit --kind all` shows them.",
        "records");
    if (news.isAny()) {
      add(KNOW, "New: " + news.inWords(), news.advice(), "new");
    }
  }

  private void burst() {
    List<Bucket> buckets = figures.timeline().buckets();
    List<Long> denied = buckets.stream().map(bucket -> bucket.counts().denied()).sorted().toList();
    if (denied.isEmpty()) {
      return;
    }
    long most = denied.getLast();
    if (most >= BURST && most >= TIMES * denied.get(denied.size() / 2)) {
      add(CHECK, bursts(buckets, most), BURST_ADVICE, "refusals");
    } else {
      absent.add("refusals in a burst");
    }
  }

  private String bursts(List<Bucket> buckets, long most) {
    Bucket worst =
        buckets.stream().filter(one -> one.counts().denied() == most).findFirst().orElseThrow();
    var unit = figures.timeline().unit();
    return "Refusals in a burst: %s of %s %s %s"
        .formatted(
            Formats.number(most),
            Formats.number(figures.totals().vends().denied()),
            unit == ChronoUnit.HOURS ? "in the hour from" : "on",
            Formats.bucket(worst.start(), unit));
  }

  private void item(Finding.Level level, long count, String what, String advice, String section) {
    if (count > 0) {
      add(level, Formats.count(count, what), advice, section);
    } else {
      absent.add(
          what.replace("* failed", "s that failed")
              .replace("* did", "s that did")
              .replace("*", "s"));
    }
  }

  private void add(Finding.Level level, String what, String advice, String section) {
    found.add(new Finding(level, what, advice, section));
  }
}

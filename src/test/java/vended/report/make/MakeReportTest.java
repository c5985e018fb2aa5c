package vended.report.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Soak;
import vended.allowlist.AllowListException;
import vended.api.audit.PeriodView;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.VendId;
import vended.audit.query.AuditRow;
import vended.audit.query.MemoryAudit;
import vended.audit.query.Period;
import vended.json.Json;
import vended.report.period.ClientFigures;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;
import vended.report.period.Totals;

/** The figures are those of the records, however the work was cut into calls. */
class MakeReportTest {
  private static final Instant UNTIL = Instant.parse("2026-03-01T12:34:56.789Z");
  private static final Period PERIOD = new Period(UNTIL.minus(Duration.ofHours(30)), UNTIL);
  private static final Clock CLOCK = Clock.fixed(UNTIL.plusSeconds(3600), ZoneOffset.UTC);
  private static final String TABLE = "audit";
  private static final ReportLimits WHOLE = new ReportLimits(Duration.ofDays(1), 1 << 30, 1 << 30);

  /** Vends of the period and of the two before it, with gaps, ties, open intents and refusals. */
  private static List<AuditRow> rows(long seed, int vends, int madeUp) {
    Random random = new Random(seed);
    List<AuditRow> rows = new ArrayList<>();
    for (int i = 0; i < vends; i++) {
      Instant at = UNTIL.minusMillis(1 + random.nextLong(Duration.ofHours(75).toMillis()));
      String id = VendId.source(Clock.fixed(at, ZoneOffset.UTC), random).get().value();
      int shard = Math.floorMod(id.hashCode(), 8);
      int dice = random.nextInt(20);
      String role = dice == 0 ? "r" + random.nextInt(madeUp) : "role" + random.nextInt(9);
      Map<String, Object> subject =
          Map.of(
              "caller",
              "arn:aws:iam::111122223333:role/C" + random.nextInt(7),
              "roleArn",
              "arn:aws:iam::44445555660%d:role/vended/%s".formatted(random.nextInt(6), role),
              "clientName",
              "Client",
              "sourceIp",
              "192.0.2." + random.nextInt(40));
      Map<String, Object> all = new HashMap<>(subject);
      all.put("clientAccount", String.valueOf(subject.get("roleArn")).substring(13, 25));
      if (dice > 2) {
        rows.add(row(id, "intent", at, shard, all));
      }
      if (dice < 19) {
        boolean granted = dice > 4;
        all.put("outcome", granted ? "granted" : dice > 2 ? "failed" : "denied");
        if (!granted) {
          all.put("reason", "no_grant");
        }
        rows.add(row(id, "outcome", at.plusMillis(random.nextInt(900)), shard, all));
      }
    }
    return rows;
  }

  private static AuditRow row(
      String id, String kind, Instant at, int shard, Map<String, Object> attributes) {
    return new AuditRow(id, kind, AuditTime.at(at), shard, attributes);
  }

  /** Makes a report in calls that each end after some steps, through the cursor each time. */
  private static PeriodFigures made(List<AuditRow> rows, Random random, boolean cut)
      throws AuditException, AllowListException {
    MemoryAudit audit = new MemoryAudit(rows, random);
    ReportCursors cursors = new ReportCursors(TABLE);
    ReportState state = new ReportState(PERIOD, CLOCK.instant());
    while (true) {
      ReportLimits limits =
          cut ? new ReportLimits(Duration.ofDays(1), 1 << 30, 1 + random.nextInt(60)) : WHOLE;
      MakeReport make = new MakeReport(audit, audit, audit, new EmptyAllowList(), CLOCK, limits);
      var report = make.make(state, "auditor");
      if (report != null) {
        return report.period();
      }
      String cursor = cursors.write(state, "selection");
      state = cursors.read(cursor, "selection", CLOCK.instant()).orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theFiguresAreTheSameHoweverTheWorkWasCut(long seed) throws Exception {
    List<AuditRow> rows = rows(seed, 900, 50);
    PeriodFigures whole = made(rows, new Random(seed), false);

    for (int i = 0; i < 3; i++) {
      PeriodFigures cut = made(rows, new Random(seed * 100 + i), true);
      assertThat(cut).isEqualTo(whole);
      assertThat(json(cut)).isEqualTo(json(whole));
    }
  }

  /** As the route answers, so the same text is the same bytes. */
  private static String json(PeriodFigures figures) {
    return Json.write(PeriodView.of(figures));
  }

  @Test
  void eachFigureIsThatOfTheRecords() throws Exception {
    List<AuditRow> rows = rows(7, 1500, 50);
    PeriodFigures figures = made(rows, new Random(7), true);

    List<AuditRow> granted = in(rows, "granted", PERIOD);
    assertThat(figures.rows()).isEqualTo(all(rows, PERIOD).size());
    assertThat(figures.totals().vends().granted()).isEqualTo(granted.size());
    assertThat(figures.totals().vends().denied()).isEqualTo(in(rows, "denied", PERIOD).size());
    assertThat(figures.totals().addresses()).isEqualTo(distinct(granted, "sourceIp").size());
    assertThat(figures.totals().callers()).isEqualTo(distinct(granted, "caller").size());
    List<AuditRow> ofPeriod = all(rows, PERIOD);
    List<AuditRow> earlier = all(rows, new Period(Period.FIRST, PERIOD.since()));
    for (PairFigures pair : figures.pairs()) {
      List<AuditRow> ofPair = of(ofPeriod, pair);
      assertThat(pair.usage().counts().granted()).isEqualTo(count(ofPair, "granted"));
      assertThat(pair.usage().counts().denied()).isEqualTo(count(ofPair, "denied"));
      assertThat(pair.usage().counts().failed()).isEqualTo(count(ofPair, "failed"));
      List<String> times =
          ofPair.stream()
              .filter(row -> row.kind().equals("outcome"))
              .map(AuditRow::at)
              .sorted()
              .toList();
      assertThat(pair.usage().first()).isEqualTo(times.getFirst());
      assertThat(pair.usage().last()).isEqualTo(times.getLast());
      assertThat(pair.usage().isNew()).isEqualTo(count(of(earlier, pair), "granted") == 0);
    }
    assertThat(figures.pairs())
        .hasSize(
            (int)
                granted.stream().map(r -> r.text("caller") + r.text("roleArn")).distinct().count());
    Set<String> before =
        distinct(in(rows, "granted", new Period(Period.FIRST, PERIOD.since())), "clientAccount");
    for (ClientFigures client : figures.clients()) {
      assertThat(client.usage().isNew()).isEqualTo(!before.contains(client.account()));
    }
    assertThat(figures.previous().totals().vends().granted())
        .isEqualTo(in(rows, "granted", ReportState.before(PERIOD)).size());
  }

  @Test
  void intentsWithoutOutcomeAreFound_AndNoOthers() throws Exception {
    List<AuditRow> rows = rows(11, 1200, 50);
    PeriodFigures figures = made(rows, new Random(11), true);

    Set<String> ended = new HashSet<>();
    rows.stream().filter(AuditRow::isOutcome).forEach(row -> ended.add(row.vendId()));
    assertThat(figures.open().vends().stream().map(AuditRow::vendId))
        .containsExactlyInAnyOrderElementsOf(
            all(rows, PERIOD).stream()
                .filter(AuditRow::isIntent)
                .map(AuditRow::vendId)
                .filter(id -> !ended.contains(id))
                .toList());
    assertThat(figures.newest()).hasSize(100);
    assertThat(figures.newest().stream().map(AuditRow::at))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  /** As an outage of the table leaves them. */
  @Test
  void anyNumberOfIntentsWithoutOutcomeIsCounted_AndTheNewestAreShown() throws Exception {
    List<AuditRow> rows = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      String kind = i % 2_500 < 10 ? "admin" : "intent";
      rows.add(row("A%04d".formatted(i), kind, UNTIL.minusMillis(1 + i), i % 8, Map.of()));
    }
    PeriodFigures figures = made(rows, new Random(5), true);

    assertThat(figures.open().vendCount()).isEqualTo(2_490);
    assertThat(figures.open().changeCount()).isEqualTo(10);
    assertThat(figures.open().vends()).containsExactlyElementsOf(rows.subList(10, 1_010));
    assertThat(figures.open().changes()).containsExactlyElementsOf(rows.subList(0, 10));
    assertThat(json(made(rows, new Random(6), true))).isEqualTo(json(figures));
  }

  @Test
  void rolesThatCallersMakeUpAreBounded_AndTheOthersExact() throws Exception {
    List<AuditRow> rows = new ArrayList<>(rows(13, 600, 50));
    Map<String, Object> bomb = Map.of("outcome", "denied", "reason", "no_grant", "caller", "arn:x");
    for (int i = 0; i < Soak.count(2_400, 6_000); i++) {
      Map<String, Object> all = new HashMap<>(bomb);
      all.put("roleArn", "arn:aws:iam::444455556600:role/vended/" + i + "x".repeat(200));
      rows.add(row("B" + i, "outcome", UNTIL.minusMillis(1 + i), i % 8, all));
    }
    PeriodFigures figures = made(rows, new Random(13), true);

    assertThat(figures.refusals().kinds()).hasSizeLessThanOrEqualTo(2_000);
    long kept = figures.refusals().kinds().stream().mapToLong(kind -> kind.count()).sum();
    assertThat(kept + figures.refusals().otherKinds())
        .isEqualTo(figures.totals().vends().denied() + figures.totals().vends().failed());
    List<AuditRow> ofPeriod = all(rows, PERIOD);
    for (PairFigures pair : figures.pairs()) {
      assertThat(pair.usage().counts().denied()).isEqualTo(count(of(ofPeriod, pair), "denied"));
    }
    assertThat(made(rows, new Random(14), true)).isEqualTo(figures);
    assertThat(figures.totals().addresses()).isNotEqualTo(Totals.UNCOUNTED);
  }

  /** Records that a hand has written, or that lack the account. */
  @Test
  void pairsThatDifferInTheAccountAloneAreAllLookedUp() throws Exception {
    Map<String, Object> vend =
        Map.of(
            "outcome", "granted",
            "caller", "arn:aws:iam::111122223333:role/Deployer",
            "roleArn", "arn:aws:iam::444455556666:role/vended/deploy");
    Map<String, Object> named = new HashMap<>(vend);
    named.put("clientAccount", "444455556666");
    Instant longBefore = PERIOD.since().minus(Duration.ofDays(9));
    List<AuditRow> rows =
        List.of(
            row("A", "outcome", longBefore, 0, named),
            row("B", "outcome", UNTIL.minusSeconds(9), 0, named),
            row("C", "outcome", UNTIL.minusSeconds(8), 0, vend));

    assertThat(made(rows, new Random(1), false).pairs())
        .hasSize(2)
        .noneMatch(pair -> pair.usage().isNew());
  }

  private static List<AuditRow> all(List<AuditRow> rows, Period period) {
    return rows.stream()
        .filter(row -> !Instant.parse(row.at()).isBefore(period.since()))
        .filter(row -> Instant.parse(row.at()).isBefore(period.until()))
        .toList();
  }

  private static List<AuditRow> in(List<AuditRow> rows, String outcome, Period period) {
    return all(rows, period).stream().filter(row -> outcome.equals(row.text("outcome"))).toList();
  }

  private static long count(List<AuditRow> rows, String outcome) {
    return rows.stream().filter(row -> outcome.equals(row.text("outcome"))).count();
  }

  private static Set<String> distinct(List<AuditRow> rows, String name) {
    return rows.stream().map(row -> String.valueOf(row.text(name))).collect(Collectors.toSet());
  }

  private static List<AuditRow> of(List<AuditRow> rows, PairFigures pair) {
    return rows.stream()
        .filter(row -> pair.caller().equals(row.text("caller")))
        .filter(row -> pair.roleArn().equals(row.text("roleArn")))
        .toList();
  }
}

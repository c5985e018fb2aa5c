package vended.api.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.api.Response;
import vended.api.audit.ReportBody.Form;
import vended.audit.AuditTime;
import vended.audit.VendId;
import vended.audit.query.Period;
import vended.report.ReportDocument;
import vended.report.now.AllowListNow;
import vended.report.now.Listing;
import vended.report.period.CallerFigures;
import vended.report.period.ClientFigures;
import vended.report.period.Counts;
import vended.report.period.Open;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;
import vended.report.period.Previous;
import vended.report.period.Refusals;
import vended.report.period.Timeline;
import vended.report.period.Totals;
import vended.report.period.Usage;

/** Which reports fit into one answer of Lambda. */
class ReportSizeTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final Period PERIOD = new Period(NOW.minus(Duration.ofDays(31)), NOW);
  private static final Totals TOTALS =
      new Totals(new Counts(620_000, 0, 0), 0, 0, Counts.NONE, 400, 6000, 2000, 50, 0);

  private final Random random = new Random(1);

  private Usage usage() {
    boolean isNew = random.nextInt(20) == 0;
    Counts counts = new Counts(1 + random.nextInt(900), random.nextInt(10) / 9, 0);
    return new Usage(counts, at(0), at(15), isNew);
  }

  private String at(int day) {
    long millis = day * 86_400_000L + random.nextLong(86_400_000L * 15);
    return AuditTime.at(PERIOD.since().plusMillis(millis));
  }

  private static String caller(int i) {
    return "arn:aws:iam::111122223333:role/team-%03d-production-deployer".formatted(i % 400);
  }

  private static String account(int i) {
    return "44445555%04d".formatted(i % 2000);
  }

  private ReportDocument report(int pairs) {
    List<PairFigures> all = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      String role =
          "arn:aws:iam::%s:role/vended/vended-deploy-%d".formatted(account(i), i / 2000 % 3);
      all.add(new PairFigures(caller(i * 7 + i / 400), role, account(i), usage()));
    }
    List<CallerFigures> callers = new ArrayList<>();
    List<ClientFigures> clients = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      callers.add(new CallerFigures(caller(i), 50, 50, usage()));
    }
    for (int i = 0; i < 2000; i++) {
      clients.add(new ClientFigures(account(i), "A Client's Name " + i, 10, 3, usage()));
    }
    PeriodFigures figures =
        new PeriodFigures(
            PERIOD,
            1_240_000,
            TOTALS,
            new Previous(PERIOD, 1_240_000, TOTALS),
            new Timeline(
                ChronoUnit.DAYS, List.of(new Timeline.Bucket(PERIOD.since(), TOTALS.vends()))),
            List.of(),
            all,
            callers,
            clients,
            new Refusals(List.of(), List.of(), 0),
            List.of(),
            new Open(List.of(), List.of(), 0, 0, 0),
            List.of());
    return new ReportDocument(figures, now(), NOW, "arn:aws:iam::111122223333:user/auditor");
  }

  private static AllowListNow now() {
    return new AllowListNow(
        new AllowListNow.Switch(AllowListNow.SwitchState.RUNNING, null, null),
        2000,
        20_000,
        0,
        Listing.of(List.of()),
        Listing.of(List.of()),
        Listing.of(List.of()),
        Listing.of(List.of()),
        Listing.of(List.of()),
        Listing.of(List.of()),
        Listing.of(List.of()),
        0,
        Map.of());
  }

  @ParameterizedTest
  @CsvSource({"JSON, 20000, 200", "CSV, 26000, 200", "HTML, 40000, 200", "JSON, 40000, 400"})
  void aReportOfManyPairsFits_OrSaysWhatToDo(Form form, int pairs, int status) {
    VendId id = VendId.source(Clock.fixed(NOW, ZoneOffset.UTC), random).get();
    Response answer = ReportAnswers.of(report(pairs), form, id);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(ReportAnswers.size(answer.body())).isLessThan(6_000_000);
    if (status == 400) {
      assertThat(answer.body()).contains("40,000 pairs", "format csv", "shorter period");
    }
  }
}

package vended.report.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.audit.query.Period;
import vended.report.period.Counts;
import vended.report.period.Open;
import vended.report.period.PeriodFigures;
import vended.report.period.Previous;
import vended.report.period.Refusals;
import vended.report.period.Timeline;
import vended.report.period.Totals;

/** How figures are compared with those of the period before. */
class ComparisonTest {
  private static final Instant SINCE = Instant.parse("2026-10-01T00:00:00Z");
  private static final Totals NONE = new Totals(Counts.NONE, 0, 0, Counts.NONE, 0, 0, 0, 0, 0);

  private static Comparison comparison(Duration length, long rowsBefore) {
    Period period = new Period(SINCE, SINCE.plus(length));
    Period before = new Period(SINCE.minus(length), SINCE);
    return new Comparison(
        new PeriodFigures(
            period,
            0,
            NONE,
            new Previous(before, rowsBefore, NONE),
            new Timeline(ChronoUnit.DAYS, List.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Refusals(List.of(), List.of(), 0),
            List.of(),
            new Open(List.of(), List.of(), 0),
            List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, ''",
    "40, 40, the same before",
    "104, 100, +4% from 100",
    "75, 100, −25% from 100",
    "100, 0, none before",
    "100, 7, 7 before",
    "7, 100, 100 before",
    "1000, 100, 100 before",
    "1000001, 1000000, 'almost the same, +1 from 1,000,000'"
  })
  void aChangeIsAPercentageOnlyWhereThatSaysMore(long now, long before, String words) {
    assertThat(comparison(Duration.ofDays(31), 1).change(now, before)).isEqualTo(words);
  }

  @Test
  void withoutEarlierRecordsThereIsNoChange() {
    assertThat(comparison(Duration.ofDays(31), 0).change(100, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "31, 310000, '10,000 a day'",
    "31, 1, under 0.1 a day",
    "7, 31, 4.4 a day",
    "1, 9, ''"
  })
  void aRateIsPerDay(int days, long count, String words) {
    assertThat(comparison(Duration.ofDays(days), 1).rate(count)).isEqualTo(words);
  }
}

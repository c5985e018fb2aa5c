package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Periods and times as the audit's options take them, by a clock of the test's. */
class PeriodsTest {
  /** The clock, the text, and the seconds of the period, or none. */
  private static final List<String> TABLE =
      List.of(
          "2026-03-01T00:00:00Z today 2026-03-01T00:00:00Z 2026-03-02T00:00:00Z",
          "2026-03-01T00:00:00Z yesterday 2026-02-28T00:00:00Z 2026-03-01T00:00:00Z",
          "2028-03-01T23:59:59Z yesterday 2028-02-29T00:00:00Z 2028-03-01T00:00:00Z",
          "2027-01-01T00:00:00Z yesterday 2026-12-31T00:00:00Z 2027-01-01T00:00:00Z",
          "2026-12-31T23:59:59Z today 2026-12-31T00:00:00Z 2027-01-01T00:00:00Z",
          "2026-12-31T23:59:59Z this-month 2026-12-01T00:00:00Z 2027-01-01T00:00:00Z",
          "2027-01-01T00:00:00Z last-month 2026-12-01T00:00:00Z 2027-01-01T00:00:00Z",
          "2026-03-31T12:00:00Z last-month 2026-02-01T00:00:00Z 2026-03-01T00:00:00Z",
          "2028-03-31T12:00:00Z last-month 2028-02-01T00:00:00Z 2028-03-01T00:00:00Z",
          "2028-02-29T12:00:00Z this-month 2028-02-01T00:00:00Z 2028-03-01T00:00:00Z",
          "2026-11-27T12:00:00Z 2026 2026-01-01T00:00:00Z 2027-01-01T00:00:00Z",
          "2026-11-27T12:00:00Z 2028 2028-01-01T00:00:00Z 2029-01-01T00:00:00Z",
          "2026-11-27T12:00:00Z 2100-02 2100-02-01T00:00:00Z 2100-03-01T00:00:00Z",
          "2026-11-27T12:00:00Z 2000-02 2000-02-01T00:00:00Z 2000-03-01T00:00:00Z",
          "2026-11-27T12:00:00Z 2026-12 2026-12-01T00:00:00Z 2027-01-01T00:00:00Z",
          "2026-11-27T12:00:00Z 2028-02-29 2028-02-29T00:00:00Z 2028-03-01T00:00:00Z",
          "2026-11-27T12:00:00Z 2026-12-31T23 2026-12-31T23:00:00Z 2027-01-01T00:00:00Z",
          "2026-11-27T12:00:00Z 1970 1970-01-01T00:00:00Z 1971-01-01T00:00:00Z",
          "2026-11-27T12:00:00Z 2026-02-29 none",
          "2026-11-27T12:00:00Z 2100-02-29 none",
          "2026-11-27T12:00:00Z 2026-04-31 none",
          "2026-11-27T12:00:00Z 2026-00 none",
          "2026-11-27T12:00:00Z 2026-13 none",
          "2026-11-27T12:00:00Z 2026-01-00 none",
          "2026-11-27T12:00:00Z 2026-01-31T24 none",
          "2026-11-27T12:00:00Z 1969 none",
          "2026-11-27T12:00:00Z 0026 none",
          "2026-11-27T12:00:00Z 2026-1 none",
          "2026-11-27T12:00:00Z 26-01-31 none",
          "2026-11-27T12:00:00Z Yesterday none",
          "2026-11-27T12:00:00Z 2026-01-31T none",
          "2026-11-27T12:00:00Z -1 none",
          "2026-11-27T12:00:00Z $((1)) none",
          "2026-11-27T12:00:00Z * none",
          "2026-11-27T12:00:00Z 7d none");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(PeriodsTest.class);
  }

  /** One process for all rows: the parts of the script, with the row's clock. */
  private List<String> periods(Shell shell, List<String> rows) throws Exception {
    String script =
        Stream.of("vend/30-time.sh", "companion/30-words.sh", "companion/40-periods.sh")
                .map(PeriodsTest::part)
                .reduce("set -euf\nusage_error() { echo \"$*\" >&2; exit 2; }\n", String::concat)
            + """
            date() { echo "$clock"; }
            while read -r clock text rest; do
              if span "$text"; then
                iso "$v_span_from"; from=$v_moment
                iso "$v_span_to"; echo "$clock $text $from $v_moment"
              else
                echo "$clock $text none"
              fi
            done
            """;
    Path input = Files.write(home.resolve("rows"), rows);
    List<String> command = new ArrayList<>(shell.command());
    command.addAll(List.of("-c", script));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectInput(input.toFile()).start();
    List<String> printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(String.join("\n", printed)).isZero();
    return printed;
  }

  private static String part(String name) {
    try {
      return Files.readString(Path.of("src/script", name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void eachPeriod_BeginsAndEndsWhereTheTableSays(Shell shell) throws Exception {
    assertThat(periods(shell, TABLE)).containsExactlyElementsOf(TABLE);
  }

  /** The same by Java's calendar, for days of 1970 to 2199. */
  @Test
  void daysMonthsAndYears_AreThoseOfTheCalendar() throws Exception {
    Random random = new Random(13);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      LocalDate day = LocalDate.of(1970, 1, 1).plusDays(random.nextInt(84_000));
      String clock = day + "T12:34:56Z ";
      LocalDate month = day.withDayOfMonth(1);
      rows.add(clock + day + between(day, day.plusDays(1)));
      rows.add(clock + day.toString().substring(0, 7) + between(month, month.plusMonths(1)));
      rows.add(clock + "today" + between(day, day.plusDays(1)));
      if (day.isAfter(LocalDate.of(1970, 2, 28))) {
        rows.add(clock + "last-month" + between(month.minusMonths(1), month));
      }
    }

    assertThat(periods(Shell.any(), rows)).containsExactlyElementsOf(rows);
  }

  private static String between(LocalDate from, LocalDate to) {
    return " " + start(from) + " " + start(to);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** What the script sends at 2028-03-01T08:30:00Z. */
  private String sent(String arguments) throws IOException {
    Path clock = Files.createDirectories(home.resolve("clock"));
    Programs.write(
        clock.resolve("date"),
        "exec %s -d 2028-03-01T08:30:00Z \"$@\"".formatted(Shell.find("date").orElseThrow()));
    try (StandIn server = new StandIn(request -> StandIn.Answer.text(""))) {
      Run.vend(Shell.any(), home, words(arguments))
          .calling(server.url())
          .with("TMPDIR", home.toString())
          .programsIn(clock)
          .result();
      return server.requests.isEmpty() ? "nothing" : server.requests.getLast().body();
    }
  }

  private static String[] words(String arguments) {
    return Stream.concat(Stream.of("audit"), Arrays.stream(arguments.split(" ", -1)))
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "--during yesterday, 2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z",
    "report --during=last-month, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
    "export --during 2026-10 --output o, 2026-10-01T00:00:00Z, 2026-11-01T00:00:00Z",
    "--since 2026-10 --until 2026-10-03, 2026-10-01T00:00:00Z, 2026-10-03T00:00:00Z",
    "--since yesterday --until today, 2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z",
    "--since 24h --until 90m, 2028-02-29T08:30:00Z, 2028-03-01T07:00:00Z"
  })
  void eachForm_IsSentAsTwoTimes(String arguments, String since, String until) throws Exception {
    assertThat(sent(arguments))
        .contains("\"since\":\"%s\",\"until\":\"%s\"".formatted(since, until));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--since yesterday --until yesterday",
        "--during 2026-10 --since 2026-09",
        "--during 2026-10 --until 2026-11",
        "--during 7d",
        "--during 2026-02-30",
        "--since 2026-02-30",
        "--since 2026-02-30T00:00:00Z",
        "--during --all",
        "--during",
        "export --during today",
        "compare --during 2026-10",
        "compare --until today"
      })
  void whatIsNoPeriod_IsRefusedBeforeAnythingIsSent(String arguments) throws Exception {
    assertThat(sent(arguments)).isEqualTo("nothing");
  }
}

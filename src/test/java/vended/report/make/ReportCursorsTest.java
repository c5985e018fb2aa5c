package vended.report.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.audit.query.Period;
import vended.json.Json;
import vended.text.Sha256;

/** Whoever sends a cursor can have written it, checksum and all. */
class ReportCursorsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Period PERIOD = new Period(NOW.minus(Duration.ofDays(2)), NOW);
  private static final ReportCursors CURSORS = new ReportCursors("audit");

  private static Optional<ReportState> forged(UnaryOperator<String> change) throws Exception {
    String text = Json.write(new ReportState(PERIOD, NOW).write());
    String changed = change.apply(text);
    return CURSORS.read(cursor(changed.getBytes(StandardCharsets.UTF_8)), "selection", NOW);
  }

  private static String cursor(byte[] text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text);
    }
    String body = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    return Sha256.sha256("audit\0selection\0" + body).substring(0, 16) + body;
  }

  @Test
  void aCursorIsReadAsItWasWritten_ForItsTableAndSelectionOnly() throws Exception {
    String cursor = CURSORS.write(new ReportState(PERIOD, NOW), "selection");

    assertThat(CURSORS.read(cursor, "selection", NOW).map(ReportState::period)).contains(PERIOD);
    assertThat(CURSORS.read(cursor, "another", NOW)).isEmpty();
    assertThat(new ReportCursors("other").read(cursor, "selection", NOW)).isEmpty();
    assertThat(CURSORS.read(cursor.substring(0, cursor.length() - 1), "selection", NOW)).isEmpty();
    assertThat(CURSORS.read("", "selection", NOW)).isEmpty();
    assertThat(forged(text -> text)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1|\"version\":2",
        "\"version\":1|\"version\":1,\"version\":1",
        "\"phase\":\"PERIOD\"|\"phase\":\"EVERYTHING\"",
        "\"lookedUp\":0|\"lookedUp\":-1",
        "\"lookedUp\":0|\"lookedUp\":1.5",
        "\"lookedUp\":0|\"lookedUp\":\"NaN\"",
        "\"lookedUp\":0|\"lookedUp\":99999999999999999999",
        "\"since\":\"2026|\"since\":\"2024",
        "\"until\":\"2026|\"until\":\"2027",
        "\"startedAt\":\"2026|\"startedAt\":\"2027",
        "\"place\":[]|\"place\":[\"2026-02-28T00:00:00Z\",8]",
        "\"place\":[]|\"place\":[\"2020-02-28T00:00:00Z\",0]",
        "\"place\":[]|\"place\":[\"2026-02-28T00:00:01Z\",0]",
        "\"place\":[]|\"place\":[\"2026-02-28T00:00:00Z\",0,\"2020\",\"a\",\"b\"]",
        "\"place\":[]|\"place\":[\"2026-02-28T00:00:00Z\",0,\"2026-02-28T00:30:00.000Z\",\"\",\"b\"]",
        "\"place\":[]|\"place\":{}",
        "\"position\":[]|\"position\":[\"2026-02-28T00:00:00.000Z\"]",
        "\"pairs\":[]|\"pairs\":[[\"a\",\"b\",\"c\",-1,0,0,\"\",\"\",0]]",
        "\"pairs\":[]|\"pairs\":[[\"a\",\"b\",\"c\",1,0,0,\"\",\"\",0],[\"a\",\"b\",\"c\",1,0,0,\"\",\"\",0]]",
        "\"pairs\":[]|\"pairs\":[[]]",
        "\"pairs\":[]|\"pairs\":null",
        "\"counts\":[|\"counts\":[null,",
        "\"newest\":[]|\"newest\":[[\"2026\",\"\",\"outcome\"]]",
        "\"newest\":[]|\"newest\":[[\"2026\",\"a\",\"any\"]]",
        "\"sum\":{|\"sun\":{"
      })
  void whatNoReportWroteIsRefused(String from, String to) throws Exception {
    assertThat(forged(text -> text.replaceFirst(Pattern.quote(from), to))).isEmpty();
  }

  /** DynamoDB would reject the lookup, which would be a 503. */
  @Test
  void aKeyLongerThanAnIndexTakesIsRefused() throws Exception {
    for (String list : List.of("callers", "clients")) {
      for (String text : List.of("a".repeat(2_049), "\u00e9".repeat(1_025))) {
        String row = "\"%s\":[[\"%s\",1,0,0,\"\",\"\",0]]".formatted(list, text);
        assertThat(forged(all -> all.replaceFirst("\"%s\":\\[\\]".formatted(list), row))).isEmpty();
      }
      String row = "\"%s\":[[\"%s\",1,0,0,\"\",\"\",0]]".formatted(list, "a".repeat(2_048));
      assertThat(forged(all -> all.replaceFirst("\"%s\":\\[\\]".formatted(list), row))).isPresent();
    }
  }

  @Test
  void aBombIsNotInflated() throws Exception {
    assertThat(CURSORS.read(cursor(new byte[200_000_000]), "selection", NOW)).isEmpty();
    assertThat(forged(text -> "[".repeat(100_000))).isEmpty();
    assertThat(forged(text -> text.replace("\"pairs\":[", bomb()))).isEmpty();
    assertThat(forged(text -> "")).isEmpty();
  }

  /** Sixty megabytes of empty lists, which would be a gigabyte in memory. */
  private static String bomb() {
    return "\"bomb\":[" + "[],".repeat(20_000_000) + "0],\"pairs\":[";
  }
}

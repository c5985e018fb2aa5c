package vended.audit.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.audit.query.AuditRow;
import vended.json.JsonObject;

/** Every form treats the content of rows as data, whatever it looks like. */
class FormsTest {
  private static final String VEND = "01ARYZ6S41TSV4RRFFQ69G5FAV";

  private static AuditRow row(Map<String, Object> attributes) {
    return new AuditRow(VEND, "outcome", "2026-01-02T03:04:05.678Z", 0, attributes);
  }

  /** The second line's cells by the first line's, parsed as RFC 4180 says. */
  private static Map<String, String> csv(AuditRow row) {
    List<List<String>> lines = new ArrayList<>(List.of(new ArrayList<>()));
    String text = Csv.of(List.of(row));
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\r')) {
        lines.getLast().add(cell.toString());
        cell.setLength(0);
        if (c == '\r') {
          assertThat(text.charAt(++i)).isEqualTo('\n');
          lines.add(new ArrayList<>());
        }
      } else {
        cell.append(c);
      }
    }
    assertThat(lines.removeLast()).isEmpty();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).hasSameSizeAs(lines.get(0));
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < lines.get(0).size(); i++) {
      cells.put(lines.get(0).get(i), lines.get(1).get(i));
    }
    return cells;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        "\tx",
        "\rx",
        "'=1",
        "''\t=1"
      })
  void aFormulaIsNoneInACsv(String hostile) {
    assertThat(csv(row(Map.of("userAgent", hostile)))).containsEntry("userAgent", "'" + hostile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b",
        "a\"b",
        "\"a\"",
        "a\r\nb",
        "a;=1",
        " a ",
        "a=b",
        "a-b",
        "'",
        "\ud83d\ude00"
      })
  void whatIsNoFormulaIsInACsvAsItIs(String text) {
    assertThat(csv(row(Map.of("userAgent", text)))).containsEntry("userAgent", text);
  }

  @Test
  void aCsvLosesNothing() {
    Map<String, Object> attributes =
        Map.of(
            "outcome",
            "granted",
            "durationSeconds",
            3600L,
            "passed",
            false,
            "claimed",
            Map.of("build", "=cmd|' /C calc'!A0"),
            "reason",
            List.of("odd"),
            "fromTomorrow",
            Map.of("a", 1L));
    Map<String, String> cells = csv(row(attributes));

    assertThat(cells)
        .containsEntry("vendId", VEND)
        .containsEntry("kind", "outcome")
        .containsEntry("at", "2026-01-02T03:04:05.678Z")
        .containsEntry("outcome", "granted")
        .containsEntry("durationSeconds", "3600")
        .containsEntry("passed", "false")
        .containsEntry("claimed", "{\"build\":\"=cmd|' /C calc'!A0\"}")
        .containsEntry("reason", "")
        .containsEntry("more", "{\"reason\":[\"odd\"],\"fromTomorrow\":{\"a\":1}}");
    assertThat(csv(row(Map.of())).keySet()).isEqualTo(cells.keySet());
  }

  @Test
  void aLineOfJsonIsARow() {
    String text = JsonLines.of(List.of(row(Map.of("userAgent", "a\nb\u2028")), row(Map.of())));

    assertThat(text.split("\n", -1)).hasSize(3);
    assertThat(JsonObject.read(text.split("\n", -1)[0]))
        .isInstanceOfSatisfying(
            JsonObject.Read.class,
            read -> assertThat(read.object().members()).containsEntry("userAgent", "a\nb\u2028"));
  }

  @Test
  void aTableFitsATerminalAndMovesNothingInIt() {
    String hidden =
        "\u001b[2J\u202ea\u200bb\u2066c\u0301\u3164\u00ad\ufeff\ud800\udb40\udc41\u0007";
    AuditRow hostile =
        row(Map.of("caller", "arn:aws:iam::111122223333:user/" + hidden, "outcome", "denied\nx"));
    AuditRow plain =
        row(
            Map.of(
                "outcome", "granted",
                "caller", "arn:aws:iam::111122223333:role/Deployer",
                "roleArn", "arn:aws:iam::444455556666:role/vended/" + "long/".repeat(20) + "end"));

    String text = Table.of(List.of(plain, hostile));

    assertThat(text.lines()).hasSize(3).allMatch(line -> line.length() <= 132);
    assertThat(text.replace("\n", "")).matches("[\\x20-\\x7e…]*");
    assertThat(text.lines().toList().get(1))
        .startsWith("2026-01-02 03:04:05  granted   111122223333 Deployer")
        .contains("444455556666 v…/long/long/end")
        .endsWith(VEND);
    // Every cell starts below its head.
    assertThat(text.lines().map(line -> line.indexOf(VEND)).skip(1).distinct())
        .containsExactly(text.indexOf("VEND"));
  }

  @Test
  void aTableSaysWhatEachRowIs() {
    assertThat(Table.of(List.of(row(Map.of("outcome", "denied", "reason", "no_grant")))))
        .contains("denied no_grant");
    assertThat(
            Table.of(
                List.of(
                    new AuditRow(VEND, "probe", "", 0, Map.of("passed", true)),
                    new AuditRow(VEND, "probe", "", 0, Map.of("passed", false)),
                    new AuditRow(VEND, "intent", "", 0, Map.of()),
                    new AuditRow(
                        VEND,
                        "admin-outcome",
                        "",
                        0,
                        Map.of("outcome", "made", "action", "grants/put")))))
        .contains("probe passed", "probe not passed", "intent", "made grants/put");
  }
}

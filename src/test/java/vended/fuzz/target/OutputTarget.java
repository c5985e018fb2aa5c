package vended.fuzz.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.audit.form.Csv;
import vended.audit.form.JsonLines;
import vended.audit.form.Table;
import vended.audit.query.AuditRow;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.fuzz.oracle.CsvReader;
import vended.fuzz.oracle.StrictJson;
import vended.fuzz.oracle.StrictJson.Parsed;
import vended.fuzz.oracle.StrictJson.Written;
import vended.fuzz.oracle.XmlReader;
import vended.report.html.Html;
import vended.text.Columns;
import vended.text.VisibleText;

/** Whatever a text of a record says, it is data in every form of an answer, and nothing is lost. */
public final class OutputTarget implements Target {
  /** What spreadsheets take for a formula, also in full width and behind what they skip. */
  private static final Pattern FORMULA =
      Pattern.compile(
          "[\\s\\p{Z}\\p{Cc}\\p{Cf}]*[=+\\-@\uff1d\uff0b\uff0d\uff20](?s:.*)|[\t\r\n](?s:.*)");

  @Override
  public void check(byte[] input) throws Exception {
    Data data = new Data(input);
    List<AuditRow> rows = new ArrayList<>();
    for (int i = data.below(3); i >= 0; i--) {
      rows.add(row(data));
    }
    jsonLines(rows);
    csv(rows);
    table(Table.of(rows), rows.size() + 1, 132);
    List<List<String>> cells =
        rows.stream().map(row -> List.of(row.vendId(), row.kind(), row.at())).toList();
    table(Columns.of(cells), rows.size(), Integer.MAX_VALUE);
    html(rows.getFirst().vendId(), data.text());
  }

  private static AuditRow row(Data data) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (int i = data.below(6); i > 0; i--) {
      String name = data.flag() ? data.pick(AuditRow.knownAttributes()) : data.text(20);
      attributes.put(name, value(data));
    }
    return new AuditRow(data.text(), data.text(16), data.text(), 0, attributes);
  }

  private static Object value(Data data) {
    return switch (data.below(6)) {
      case 0 -> data.number();
      case 1 -> data.flag();
      case 2 -> Map.of("a" + data.text(10), data.text(), "b", 1L);
      case 3 -> List.of(data.text(), data.text(5));
      default -> data.text();
    };
  }

  private static void jsonLines(List<AuditRow> rows) {
    String[] lines = JsonLines.of(rows).split("\n", -1);
    Target.check(
        lines.length == rows.size() + 1 && lines[rows.size()].isEmpty(), "a line a row", rows);
    for (int i = 0; i < rows.size(); i++) {
      Parsed parsed = StrictJson.parse(lines[i]);
      Target.check(
          parsed != null
              && !parsed.doubled()
              && plain(parsed.value()).equals(plain(rows.get(i).members())),
          "a line is the row",
          rows,
          lines[i]);
    }
  }

  private static Object plain(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Map<Object, Object> members = new LinkedHashMap<>();
        object.forEach((name, member) -> members.put("" + name, plain(member)));
        yield members;
      }
      case List<?> list -> list.stream().map(OutputTarget::plain).toList();
      case Written(String digits) -> digits;
      case null -> "";
      default -> value.toString();
    };
  }

  private static void csv(List<AuditRow> rows) {
    List<List<String>> lines = CsvReader.read(Csv.of(rows));
    List<String> head = lines.getFirst();
    Target.check(lines.size() == rows.size() + 1, "a line a row", rows, lines);
    for (int i = 0; i < rows.size(); i++) {
      List<String> cells = lines.get(i + 1);
      Target.check(cells.size() == head.size(), "as many cells as the head", rows, cells);
      Map<String, Object> members = new LinkedHashMap<>(rows.get(i).members());
      for (int c = 0; c < head.size() - 1; c++) {
        cell(head.get(c), cells.get(c), members);
      }
      String more = cells.getLast();
      Parsed left = StrictJson.parse(more.isEmpty() ? "{}" : more);
      Target.check(
          left != null && plain(left.value()).equals(plain(members)), "the rest", rows, more);
    }
  }

  /** Checks a cell, and takes what it shows out of the members. */
  private static void cell(String column, String cell, Map<String, Object> members) {
    Object member = members.get(column);
    Object value = column.equals("claimed") && !(member instanceof Map<?, ?>) ? null : member;
    switch (value) {
      case String text -> {
        Target.check(!FORMULA.matcher(cell).matches(), "no formula", cell);
        boolean marked =
            cell.startsWith("'") && FORMULA.matcher(cell.replaceFirst("^'+", "")).matches();
        Target.check(text.equals(marked ? cell.substring(1) : cell), "the text", text, cell);
      }
      case Map<?, ?> map when column.equals("claimed") -> {
        Parsed parsed = StrictJson.parse(cell);
        Target.check(
            parsed != null && plain(parsed.value()).equals(plain(map)), "the claims", map, cell);
      }
      case Long number -> Target.check(cell.equals(number.toString()), "the number", number, cell);
      case Boolean flag -> Target.check(cell.equals(flag.toString()), "the flag", flag, cell);
      case null, default -> {
        Target.check(cell.isEmpty(), "nothing", "" + value, cell);
        return;
      }
    }
    if (!(value instanceof Map<?, ?>) || column.equals("claimed")) {
      members.remove(column);
    }
  }

  private static void table(String table, int lines, int width) {
    Target.check(
        table.chars().filter(c -> c == '\n').count() == lines, "a line a row", table, lines);
    Target.check(
        table
            .codePoints()
            .allMatch(
                c ->
                    c == '\n'
                        || VisibleText.masked(Character.toString(c)).equals(Character.toString(c))),
        "nothing hidden",
        table);
    Target.check(table.lines().allMatch(line -> line.length() <= width), "fits", table);
  }

  private static void html(String text, String other) throws Exception {
    Html html = new Html();
    html.open("p", "aria-label=" + other).text(text).close();
    XmlReader.Element element = XmlReader.read(html.document().replace("<!DOCTYPE html>\n", ""));
    Target.check(element.name().equals("p"), "one element", text);
    Target.check(element.text().equals(VisibleText.of(text)), "the text", text, element);
    Target.check(
        element.attributes().equals(Map.of("aria-label", VisibleText.of(other))),
        "the attribute",
        other,
        element);
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "\0\1\1\0\4a\"b,c\r\n\0vend\0outcome\0002026-03-01T00:00:00.000Z\0x<b>&\0",
        "\1\2\0=1+1\0\5=cmd|' /C calc'!A0\0\1\1\2k\0v\0id\0k\0at\0",
        "\2\3\1\0\0\1\2\3\4\5\6\7\1\10\2b\0\1\0claimed\0\2a\0'=1\0");
  }

  @Override
  public List<String> words() {
    return List.of(
        "=",
        "'=",
        "''",
        "+1",
        "-1",
        "@SUM(",
        "\"",
        "\"\"",
        ",",
        ";",
        "\r\n",
        "\n",
        "\t",
        "<script>",
        "</p>",
        "&amp;",
        "&#x3c;",
        "]]>",
        "\0",
        "claimed",
        "more",
        "vendId",
        "\u001b[2J",
        "\\",
        "\\n");
  }
}

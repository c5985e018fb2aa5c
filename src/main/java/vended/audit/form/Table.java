package vended.audit.form;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.text.Columns;

/** Rows in columns, for a terminal of 132 characters; what is longer is cut in its middle. */
public final class Table {
  private static final List<String> HEAD = List.of("AT", "WHAT", "CALLER", "CLIENT ROLE", "VEND");
  private static final List<Integer> MOST = List.of(19, 24, 26, 29, 26);

  private Table() {}

  /** The head and the rows as text. */
  public static String of(List<AuditRow> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(cells(row)));
    return Columns.of(lines);
  }

  private static List<String> cells(AuditRow row) {
    List<String> cells =
        List.of(
            row.at().replaceFirst("T", " ").replaceFirst("\\..*", ""),
            what(row),
            name(row.text("caller")),
            name(row.text("roleArn")),
            row.vendId());
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      // ASCII only, as ARNs are: a row that was written by hand must not move the cursor.
      shown.add(cut(cells.get(i).replaceAll("[^ -~]", "?"), MOST.get(i)));
    }
    return shown;
  }

  /** {@code granted}, {@code denied no_grant}, {@code made grants/put}, {@code probe passed}… */
  private static String what(AuditRow row) {
    String outcome = row.text("outcome");
    String reason = row.text("reason");
    String action = row.text("action");
    if (row.kind().equals(AuditRow.PROBE)) {
      return Boolean.TRUE.equals(row.attributes().get("passed"))
          ? "probe passed"
          : "probe not passed";
    }
    return (outcome == null ? row.kind() : outcome)
        + (reason == null ? "" : " " + reason)
        + (action == null ? "" : " " + action);
  }

  /** An ARN without what all of them have: {@code 444455556666 vended/deploy}. */
  private static String name(@Nullable String arn) {
    if (arn == null) {
      return "-";
    }
    return arn.replaceFirst("^arn:[a-z-]+:[a-z]+::([0-9]{12}):(?:role/)?", "$1 ");
  }

  /** The ends of names tell them apart as often as their beginnings. */
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = (most - 1) / 2;
    return text.substring(0, most - 1 - end) + "…" + text.substring(text.length() - end);
  }
}

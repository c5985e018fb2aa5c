package vended.api.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vended.report.ReportDocument;
import vended.report.period.ClientFigures;
import vended.report.period.Counts;
import vended.report.period.PairFigures;
import vended.text.CsvText;

/** All pairs of a caller and a client role as comma-separated values, the most granted first. */
final class ReportCsv {
  private static final List<String> HEAD =
      List.of(
          "caller",
          "roleArn",
          "account",
          "clientName",
          "granted",
          "denied",
          "failed",
          "first",
          "last",
          "new");

  private ReportCsv() {}

  static String of(ReportDocument report) {
    Map<String, String> names = new HashMap<>();
    for (ClientFigures client : report.period().clients()) {
      names.put(client.account(), Objects.toString(client.name(), ""));
    }
    StringBuilder text = new StringBuilder(CsvText.line(HEAD));
    for (PairFigures pair : report.period().pairs()) {
      List<String> cells = cells(pair, names.getOrDefault(pair.account(), ""));
      text.append(CsvText.line(cells.stream().map(CsvText::plain).toList()));
    }
    return text.toString();
  }

  private static List<String> cells(PairFigures pair, String name) {
    Counts counts = pair.usage().counts();
    return List.of(
        pair.caller(),
        pair.roleArn(),
        pair.account(),
        name,
        Long.toString(counts.granted()),
        Long.toString(counts.denied()),
        Long.toString(counts.failed()),
        pair.usage().first(),
        pair.usage().last(),
        Boolean.toString(pair.usage().isNew()));
  }
}

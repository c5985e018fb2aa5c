package vended.api.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.api.Response;
import vended.api.Responses;
import vended.audit.AuditTime;
import vended.audit.VendId;
import vended.audit.query.Period;
import vended.json.Json;
import vended.json.JsonError;
import vended.report.ReportDocument;
import vended.report.page.ReportPage;

/** Maps reports to HTTP. */
final class ReportAnswers {
  /**
   * The largest response: Lambda's limit is 6 MB for a JSON document with the body as a string,
   * where each quote takes another byte.
   */
  private static final int MAX_BYTES = 5_900_000;

  private ReportAnswers() {}

  static Response of(ReportDocument report, ReportBody.Form form, VendId vendId) {
    Response response =
        switch (form) {
          case JSON -> json(report);
          case HTML -> html(report);
          case CSV ->
              Response.text("text/csv; charset=utf-8", ReportCsv.of(report))
                  .with("Content-Disposition", attachment(report.period().period(), "csv"));
        };
    return size(response.body()) <= MAX_BYTES
        ? response
        : tooLarge(
            vendId, "%,d pairs of a caller and a role".formatted(report.period().pairs().size()));
  }

  /** How many bytes a text has as a string of a JSON document, in UTF-8. */
  static long size(String body) {
    long size = 2;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      // A pair of surrogates is four bytes; any other character from U+0800 is three.
      size +=
          c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t'
              ? 2
              : c < ' ' ? 6 : c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return size;
  }

  /** The answer if there is more than fits one report. */
  static Response tooLarge(VendId vendId, String what) {
    return Responses.invalid(
        vendId,
        "report_too_large",
        "The period has %s, and one report can't hold that. Ask for a shorter period, or for format csv, which is smaller than json."
            .formatted(what),
        List.of(new JsonError("/since", "must be closer to until")));
  }

  /** The answer if the report is not complete yet. */
  static Response unfinished(String cursor, double progress) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("complete", false);
    document.put("progress", progress);
    document.put(
        "detail",
        "The report takes more than one call. Send the same body again with this cursor as its"
            + " member \"cursor\", until the status is 200.");
    document.put("cursor", cursor);
    return new Response(202, Map.of("Content-Type", "application/json"), Json.write(document));
  }

  private static Response json(ReportDocument report) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("complete", true);
    document.put("madeAt", AuditTime.at(report.madeAt()));
    document.put("madeFor", report.madeFor());
    document.put("period", PeriodView.of(report.period()));
    document.put("now", NowView.of(report.now()));
    return Response.json(document);
  }

  /** Even if a browser opens it in place, it must not run in the API's origin. */
  private static Response html(ReportDocument report) {
    return Response.text("text/html; charset=utf-8", ReportPage.of(report))
        .with("Content-Security-Policy", ReportPage.policy() + "; frame-ancestors 'none'; sandbox")
        .with("Content-Disposition", attachment(report.period().period(), "html"));
  }

  private static String attachment(Period period, String type) {
    return "attachment; filename=\"vended-report-%s-to-%s.%s\""
        .formatted(
            period.since().toString().substring(0, 10),
            period.until().toString().substring(0, 10),
            type);
  }
}

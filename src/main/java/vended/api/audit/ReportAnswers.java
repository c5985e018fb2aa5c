package vended.api.audit;

import vended.api.Response;
import vended.audit.query.Period;
import vended.report.Report;
import vended.report.former.ReportPage;

/** Maps reports to HTTP. */
final class ReportAnswers {
  private ReportAnswers() {}

  static Response of(Report report, boolean html) {
    if (!html) {
      return Response.json(ReportView.of(report));
    }
    // Even if a browser opens it in place, it must not run in the API's origin.
    return Response.text("text/html; charset=utf-8", ReportPage.of(report))
        .with("Content-Security-Policy", ReportPage.policy() + "; frame-ancestors 'none'; sandbox")
        .with("Content-Disposition", "attachment; filename=\"" + name(report) + "\"");
  }

  private static String name(Report report) {
    Period period = report.coverage().period();
    return "vended-report-%s-to-%s.html"
        .formatted(
            period.since().toString().substring(0, 10), period.until().toString().substring(0, 10));
  }
}

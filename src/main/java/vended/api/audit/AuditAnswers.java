package vended.api.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.api.Response;
import vended.api.Responses;
import vended.api.audit.AuditBody.Form;
import vended.api.audit.AuditBody.Query;
import vended.audit.AuditTime;
import vended.audit.VendId;
import vended.audit.form.Csv;
import vended.audit.form.JsonLines;
import vended.audit.form.Table;
import vended.audit.query.AuditRow;
import vended.audit.query.FindVended.Vended;
import vended.audit.query.Period;
import vended.audit.reconcile.Finding;
import vended.audit.reconcile.Reconciliation;
import vended.audit.reconcile.VendorRole;
import vended.json.JsonError;

/** Maps the results of the auditors' routes to HTTP. */
final class AuditAnswers {
  private static final String CURSOR = "Vend-Cursor";

  private AuditAnswers() {}

  static Response page(List<AuditRow> rows, @Nullable String cursor, Query query) {
    Form form = query.form();
    Response answer =
        switch (form) {
          case JSON -> json(rows, cursor, query);
          case JSONL -> Response.text("application/jsonl", JsonLines.of(rows));
          case CSV -> Response.text("text/csv; charset=utf-8", Csv.of(rows));
          case TABLE -> Response.text("text/plain; charset=utf-8", Table.of(rows));
        };
    return cursor != null && form != Form.JSON ? answer.with(CURSOR, cursor) : answer;
  }

  private static Response json(List<AuditRow> rows, @Nullable String cursor, Query query) {
    Period period = query.question().period();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("accounts", query.accounts().isEmpty() ? null : query.accounts());
    document.put("since", time(period.since(), Period.FIRST));
    document.put("until", time(period.until(), Period.END));
    document.put("records", rows.stream().map(AuditRow::members).toList());
    document.put("cursor", cursor);
    return Response.json(document);
  }

  /** The roles that a caller was vended; administrators get no more of the audit than this. */
  static Response vended(CallerBody asked, List<Vended> roles, @Nullable String cursor) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("caller", asked.caller().value());
    document.put("since", AuditTime.at(asked.period().since()));
    document.put("roles", roles.stream().map(AuditAnswers::vended).toList());
    document.put("complete", cursor == null);
    document.put("cursor", cursor);
    return Response.json(document);
  }

  private static Map<String, Object> vended(Vended vended) {
    Map<String, Object> role = new LinkedHashMap<>();
    role.put("roleArn", vended.roleArn());
    role.put("sourceIdentities", vended.sourceIdentities());
    role.put("sessionNames", vended.sessionNames());
    return role;
  }

  /** A bound of the period, or null if it has none on that side. */
  private static @Nullable String time(Instant time, Instant none) {
    return time.equals(none) ? null : AuditTime.at(time);
  }

  static Response reconciliation(Reconciliation reconciliation, Period period, VendId vendId) {
    return switch (reconciliation) {
      case Reconciliation.Judged judged -> {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("since", AuditTime.at(period.since()));
        document.put("until", AuditTime.at(period.until()));
        document.put("events", judged.events());
        document.put("ignored", judged.ignored());
        document.put("records", judged.records());
        document.put("matched", judged.matched());
        document.put("findings", judged.findings().stream().map(Finding::members).toList());
        document.put("complete", judged.complete());
        document.put("vendorRole", role(judged.vendorRole()));
        yield Response.json(document);
      }
      case Reconciliation.TooMuch much ->
          Responses.invalid(
              vendId,
              "period_too_full",
              "The audit has more records in this period than one request compares. Nothing was"
                  + " compared: send a shorter period (a millisecond at least), with its events.",
              List.of(new JsonError("/until", "must be closer to since")));
    };
  }

  private static Map<String, @Nullable Object> role(VendorRole role) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("roleArn", role.arn().value());
    members.put("uniqueId", role.uniqueId());
    return members;
  }

  static Response unavailable(VendId vendId) {
    return Responses.unavailable(
        vendId, "The audit could not be read. Try again after the seconds in Retry-After.");
  }

  static Response forbidden(VendId vendId) {
    return Responses.forbidden(
        vendId, "Access denied. The function's log has the reason under this vendId.");
  }
}

package vended.api.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.api.Body;
import vended.api.RequestFields.Form;
import vended.api.Response;
import vended.api.Responses;
import vended.audit.VendId;
import vended.json.JsonError;

/** {@link Responses}' map from results to HTTP, for the administrators' routes. */
final class AdminAnswers {
  /**
   * Of a change that failed and may stand. By the next try somebody may have undone it on purpose:
   * stopped again what was resumed.
   */
  private static final Map<String, Boolean> MAY_STAND = Map.of("retryable", false);

  private AdminAnswers() {}

  static Response of(AdminRoute route, VendId vendId, AdminResult<View> result, Form form) {
    return switch (result) {
      case AdminResult.Done<View>(View view, boolean recorded) ->
          done(recorded ? view.recordedAs(vendId) : view, form);
      case AdminResult.Invalid<View>(List<JsonError> errors) ->
          Responses.invalid(vendId, Body.Invalid.of(errors));
      case AdminResult.Conflict<View>(long currentVersion) ->
          conflict(route, vendId, currentVersion);
      case AdminResult.Refused<View>(Refusal refusal) -> refused(route, vendId, refusal);
      case AdminResult.Forbidden<View> forbidden -> Responses.forbidden(vendId);
      case AdminResult.Unavailable<View> unavailable ->
          Responses.unavailable(
              vendId, "Nothing was changed. Try again after the seconds that Retry-After says.");
      case AdminResult.Unsure<View> unsure ->
          Responses.problem(
              503,
              "Service Unavailable",
              "unsure",
              "The change may stand. Look at the list before you try again; the audit has what was"
                  + " to be changed under this vendId.",
              vendId,
              List.of(),
              MAY_STAND);
    };
  }

  /** A fault of the service, at whatever point of the request. */
  static Response fault(AdminRoute route, VendId vendId) {
    return route.changes()
        ? Responses.internalError(
            vendId,
            "A fault of the service. The change may stand: look at the list before you try again."
                + " The service's log has more under this vendId.",
            MAY_STAND)
        : Responses.internalError(vendId);
  }

  private static Response done(View view, Form form) {
    if (form == Form.JSON) {
      return Response.json(view.members());
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(form.word(), form == Form.TABLE ? view.text() : view.lines());
    // A table has them among its lines.
    members.put("corrupt", form == Form.LINES ? view.members().get("corrupt") : null);
    members.put("cursor", view.members().get("cursor"));
    members.put(View.VEND_ID, view.members().get(View.VEND_ID));
    return Response.json(members);
  }

  private static Response conflict(AdminRoute route, VendId vendId, long currentVersion) {
    return Responses.problem(
        409,
        "Conflict",
        "version_conflict",
        AdminAdvice.conflict(route, currentVersion),
        vendId,
        List.of(),
        Map.of("currentVersion", currentVersion));
  }

  private static Response refused(AdminRoute route, VendId vendId, Refusal refusal) {
    String advice = AdminAdvice.of(route, refusal);
    return switch (refusal) {
      case NO_CLIENT, NO_GRANT, NO_PROBE ->
          Responses.problem(404, "Not Found", refusal.code(), advice, vendId, List.of());
      default -> Responses.problem(409, "Conflict", refusal.code(), advice, vendId, List.of());
    };
  }
}

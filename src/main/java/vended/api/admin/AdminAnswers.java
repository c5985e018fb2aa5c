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
import vended.api.Responses.Status;
import vended.audit.VendId;
import vended.json.JsonError;

/** Maps the results of the administrators' routes to HTTP. */
final class AdminAnswers {
  /**
   * A failed change that may have been made is not to be sent again: by then somebody may have
   * undone it on purpose, for example stopped again what was resumed.
   */
  private static final Map<String, Boolean> MAY_STAND = Map.of("retryable", false);

  private AdminAnswers() {}

  static Response of(AdminAdvice advice, VendId vendId, AdminResult<View> result, Form form) {
    return switch (result) {
      case AdminResult.Done<View>(View view, boolean recorded) ->
          done(recorded ? view.recordedAs(vendId) : view, form);
      case AdminResult.Invalid<View>(List<JsonError> errors) ->
          Responses.invalid(vendId, Body.Invalid.of(errors));
      case AdminResult.Conflict<View>(long currentVersion) ->
          conflict(advice, vendId, currentVersion);
      case AdminResult.Refused<View>(Refusal refusal) -> refused(advice, vendId, refusal);
      case AdminResult.Forbidden<View> forbidden -> Responses.forbidden(vendId);
      case AdminResult.Unavailable<View> unavailable ->
          Responses.unavailable(
              vendId, "Nothing was changed. Try again after the seconds in Retry-After.");
      case AdminResult.Unsure<View> unsure ->
          Responses.problem(
              Status.UNAVAILABLE,
              "unsure",
              "The change may have been made. Look at the list before you try again; the audit has"
                  + " the intended change under this vendId.",
              vendId,
              MAY_STAND);
    };
  }

  /** For a fault of the program, at whatever point of a change. */
  static Response faultOfChange(VendId vendId) {
    return Responses.problem(
        Status.INTERNAL,
        "internal",
        "Internal error. The change may have been made: look at the list before you try again. The"
            + " service's log has details under this vendId.",
        vendId,
        MAY_STAND);
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

  private static Response conflict(AdminAdvice advice, VendId vendId, long currentVersion) {
    return Responses.problem(
        Status.CONFLICT,
        "version_conflict",
        advice.conflict(currentVersion),
        vendId,
        Map.of("currentVersion", currentVersion));
  }

  private static Response refused(AdminAdvice advice, VendId vendId, Refusal refusal) {
    Status status =
        switch (refusal) {
          case NO_CLIENT, NO_GRANT, NO_PROBE -> Status.NOT_FOUND;
          default -> Status.CONFLICT;
        };
    return Responses.problem(status, refusal.code(), advice.of(refusal), vendId);
  }
}

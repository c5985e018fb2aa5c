package vended.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.admin.AdminResult;
import vended.admin.Refusal;
import vended.api.AdminFields.Form;
import vended.audit.VendId;
import vended.json.JsonError;

/** {@link Answers}' map from results to HTTP, for the administrators' routes. */
final class AdminAnswers {
  private AdminAnswers() {}

  static APIGatewayProxyResponseEvent of(VendId vendId, AdminResult<View> result, Form form) {
    return switch (result) {
      case AdminResult.Done<View>(View view) -> done(view, form);
      case AdminResult.Invalid<View>(List<JsonError> errors) ->
          Answers.invalid(vendId, Body.Invalid.of(errors));
      case AdminResult.Conflict<View>(long currentVersion) -> conflict(vendId, currentVersion);
      case AdminResult.Refused<View>(Refusal refusal) -> refused(vendId, refusal);
      case AdminResult.Forbidden<View> forbidden -> Answers.forbidden(vendId);
      case AdminResult.Unavailable<View> unavailable ->
          Answers.unavailable(
              vendId,
              "unavailable",
              "Nothing was changed. Try again after the seconds that Retry-After says.");
      case AdminResult.Unsure<View> unsure ->
          Answers.unavailable(
              vendId,
              "unsure",
              "The change may stand. Look at the list before you try again; the audit has what was"
                  + " to be changed under this vendId.");
    };
  }

  private static APIGatewayProxyResponseEvent done(View view, Form form) {
    if (form == Form.JSON) {
      return Answers.json(200, view.members());
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(form.word(), form == Form.TABLE ? view.text() : view.lines());
    // A table has them among its lines.
    members.put("corrupt", form == Form.LINES ? view.members().get("corrupt") : null);
    members.put("cursor", view.members().get("cursor"));
    return Answers.json(200, members);
  }

  private static APIGatewayProxyResponseEvent conflict(VendId vendId, long currentVersion) {
    return Answers.problem(
        409,
        "Conflict",
        "version_conflict",
        conflictText(currentVersion),
        vendId,
        List.of(),
        Map.of("currentVersion", currentVersion));
  }

  static String conflictText(long currentVersion) {
    return currentVersion == 0
        ? "There is no such row any more. Nothing was changed."
        : "The row is of another version: somebody changed it, or it is there already. Nothing"
            + " was changed. Read it again, and give the version that it has.";
  }

  private static APIGatewayProxyResponseEvent refused(VendId vendId, Refusal refusal) {
    return switch (refusal) {
      case NO_CLIENT, NO_GRANT, NO_PROBE ->
          Answers.problem(404, "Not Found", refusal.code(), text(refusal), vendId, List.of());
      default -> Answers.problem(409, "Conflict", refusal.code(), text(refusal), vendId, List.of());
    };
  }

  static String text(Refusal refusal) {
    return switch (refusal) {
      case NO_CLIENT -> "There is no client of this account. Leave version out to make one.";
      case NO_GRANT ->
          "There is no grant of this role to this caller. Leave version out to make one.";
      case NO_PROBE -> "The audit has no probe of this probeId.";
      case CORRUPT_ROW ->
          "A row that this is about can't be read, so it is not changed. The list says what is"
              + " wrong with it; whoever may write to the table can mend it.";
      case EXTERNAL_ID_TAKEN -> "Another client has this ExternalId. Each client has its own.";
      case ROLE_NOT_KNOWN ->
          "The client of the role's account does not have this role among its roles.";
      case ROLE_NOT_VERIFIED ->
          "No probe has found this role safe, or one found it unsafe since. Probe it, and activate"
              + " it with the probeId.";
      case PROBE_NOT_PASSED ->
          "The probe did not find the role safe. If it was verified before and was found unsafe, it"
              + " no longer is, and is not vended.";
      case PROBE_TOO_OLD ->
          "The probe is older than a day, or than what is known of the role. Probe it again.";
      case PROBE_OF_ANOTHER_EXTERNAL_ID ->
          "The probe was made with another ExternalId than the client has. Probe it again.";
    };
  }
}

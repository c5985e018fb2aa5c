package vended.api.access;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import vended.access.why.ExplainDecision;
import vended.access.why.Explanation;
import vended.allowlist.AllowListException;
import vended.api.ApiRequest;
import vended.api.RequestFields.Form;
import vended.api.Response;
import vended.api.Responses;
import vended.audit.AuditException;
import vended.audit.VendId;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * {@code /access/why}: one decision, of the past or of now. Administrators and auditors get the
 * same, so nothing is in it that administrators may not know.
 */
final class WhyRoute implements AccessRoutes.AccessRoute {
  private final ExplainDecision explain;

  WhyRoute(ExplainDecision explain) {
    this.explain = explain;
  }

  @Override
  public Response answer(ApiRequest request, Consumer<Map<String, ?>> log) throws Exception {
    return request.answer(
        WhyBody::read,
        asked -> {
          log.accept(asked.request().asked());
          return explained(asked.request(), request.ownAccount())
              .map(explanation -> answer(explanation, asked.form()))
              .orElseGet(() -> unknown(request.vendId()));
        });
  }

  private Optional<Explanation> explained(WhyBody body, String ownAccount)
      throws AuditException, AllowListException {
    return switch (body) {
      case WhyBody.OfVend(VendId vendId) -> explain.ofVend(vendId, ownAccount);
      case WhyBody.OfPair(CallerArn caller, RoleArn role) ->
          Optional.of(explain.ofPair(caller, role, ownAccount));
    };
  }

  private static Response answer(Explanation explanation, Form form) {
    return Response.json(
        form == Form.TABLE ? WhyView.table(explanation) : WhyView.members(explanation));
  }

  private static Response unknown(VendId vendId) {
    return Responses.problem(
        Responses.Status.NOT_FOUND,
        "no_record",
        "The audit has no record with this vendId. Check the ID, and whether it is of this stack."
            + " Questions to the audit leave no record.",
        vendId);
  }
}

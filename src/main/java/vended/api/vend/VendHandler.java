package vended.api.vend;

import java.util.Objects;
import java.util.function.Supplier;
import vended.Priming;
import vended.Wiring;
import vended.allowlist.AllowListException;
import vended.api.ApiHandler;
import vended.api.ApiRequest;
import vended.api.Body;
import vended.api.RequestFields;
import vended.api.RequestFields.Asked;
import vended.api.Response;
import vended.api.Responses;
import vended.api.Sample;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.identity.RoleArn;
import vended.json.JsonObject;
import vended.priming.SampleRows;
import vended.probe.ProbeRole;
import vended.probe.Prober;
import vended.vending.ListRoles;
import vended.vending.VendCredentials;
import vended.vending.VendRequest;

/** The vending function: {@code POST /credentials}, {@code /roles} and {@code /probes}. */
public final class VendHandler extends ApiHandler {
  private final VendCredentials vendCredentials;
  private final ListRoles listRoles;
  private final ProbeRole probeRole;

  /** For Lambda: wired by the process's environment. */
  public VendHandler() {
    this(
        Priming.primed(Wiring.ofProcess(), sample(), new Sample(VendHandler::new, "/roles", "{}")));
  }

  /** An event, to prime the function with. */
  public static Priming.Path sample() {
    String body =
        """
        {"roleArn": "%s", "durationSeconds": 900, "context": {"build": "42"}}\
        """
            .formatted(SampleRows.ROLE);
    return new Sample(VendHandler::new, "/credentials", body);
  }

  /** For a given object graph. */
  public VendHandler(Wiring wiring) {
    this(wiring.vendCredentials(), wiring.listRoles(), wiring.probeRole(), wiring.vendIds());
  }

  /** With its dependencies. */
  public VendHandler(
      VendCredentials vendCredentials,
      ListRoles listRoles,
      ProbeRole probeRole,
      Supplier<VendId> vendIds) {
    super(vendIds);
    this.vendCredentials = vendCredentials;
    this.listRoles = listRoles;
    this.probeRole = probeRole;
  }

  @Override
  protected Response refuse(ApiRequest request, Reason reason) {
    return VendResponses.vend(request.vendId(), vendCredentials.refuse(request.trace(), reason));
  }

  @Override
  protected Response answer(ApiRequest request, Caller caller) {
    return switch (request.route()) {
      case "POST /credentials" ->
          request.answer(CredentialsBody::read, body -> credentials(request, caller, body));
      case "POST /roles" -> request.answer(RolesBody::read, body -> roles(request, caller, body));
      case "POST /probes" ->
          request.answer(VendHandler::probeBody, body -> probe(request, caller, body));
      default ->
          Responses.notFound(
              request.vendId(),
              "This function answers POST /credentials, POST /roles and POST /probes.");
    };
  }

  private Response credentials(ApiRequest request, Caller caller, VendRequest body) {
    return VendResponses.vend(
        request.vendId(),
        vendCredentials.vend(request.trace(), caller, body, request.ownAccount()));
  }

  private Response roles(ApiRequest request, Caller caller, RolesBody body) {
    try {
      return RolesAnswer.of(
          caller, listRoles.of(caller, body.after(), body.limit(), request.ownAccount()));
    } catch (AllowListException e) {
      return Responses.unavailable(request.vendId());
    }
  }

  /** {@code {roleArn, format?}}. */
  private static Body<Asked<RoleArn>> probeBody(JsonObject object) {
    RequestFields fields = new RequestFields(object);
    RoleArn role = fields.role();
    return fields.asked(() -> Objects.requireNonNull(role));
  }

  private Response probe(ApiRequest request, Caller caller, Asked<RoleArn> body) {
    return VendResponses.probe(
        request.vendId(),
        probeRole.probe(
            request.trace(),
            Prober.of(caller),
            body.request(),
            request.ownAccount(),
            request.remainingTime()),
        body.form());
  }
}

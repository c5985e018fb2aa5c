package vended.api.vend;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.time.Duration;
import java.util.function.Supplier;
import vended.Wiring;
import vended.allowlist.AllowListException;
import vended.api.Body;
import vended.api.FaultLog;
import vended.api.RequestFields.Asked;
import vended.api.RequestFields.Form;
import vended.api.Requests;
import vended.api.Responses;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.identity.Caller.Identified;
import vended.identity.Caller.Unidentified;
import vended.identity.RoleArn;
import vended.probe.ProbeRole;
import vended.probe.Prober;
import vended.vending.ListRoles;
import vended.vending.VendCredentials;
import vended.vending.VendRequest;

/** The vending function: {@code POST /credentials}, {@code /roles} and {@code /probes}. */
public final class VendHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final VendCredentials vendCredentials;
  private final ListRoles listRoles;
  private final ProbeRole probeRole;
  private final Supplier<VendId> vendIds;

  /** For Lambda: wired by the process's environment. */
  public VendHandler() {
    this(Wiring.ofProcess());
  }

  /** Of wired parts. */
  public VendHandler(Wiring wiring) {
    this(wiring.vendCredentials(), wiring.listRoles(), wiring.probeRole(), wiring.vendIds());
  }

  /** Creates it with its dependencies. */
  public VendHandler(
      VendCredentials vendCredentials,
      ListRoles listRoles,
      ProbeRole probeRole,
      Supplier<VendId> vendIds) {
    this.vendCredentials = vendCredentials;
    this.listRoles = listRoles;
    this.probeRole = probeRole;
    this.vendIds = vendIds;
  }

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    VendId vendId = vendIds.get();
    try {
      return identify(event, context, vendId);
    } catch (RuntimeException e) {
      FaultLog.log(context, vendId, e);
      return Responses.internalError(vendId);
    }
  }

  private APIGatewayProxyResponseEvent identify(
      APIGatewayProxyRequestEvent event, Context context, VendId vendId) {
    Caller.Identification identification = Caller.identify(Requests.identity(event));
    Trace trace = new Trace(vendId, Requests.requester(event, identification));
    return switch (identification) {
      case Unidentified(Caller.Fault fault) -> refuse(trace, fault);
      case Identified(Caller caller) -> route(event, context, trace, caller);
    };
  }

  private APIGatewayProxyResponseEvent route(
      APIGatewayProxyRequestEvent event, Context context, Trace trace, Caller caller) {
    // The template's route, not the path: behind a custom domain the path has a prefix.
    return switch (event.getHttpMethod() + " " + event.getResource()) {
      case "POST /credentials" -> credentials(event, context, trace, caller);
      case "POST /roles" -> roles(event, trace, caller);
      case "POST /probes" -> probes(event, context, trace, caller);
      default -> Responses.notFound(trace.vendId());
    };
  }

  private APIGatewayProxyResponseEvent credentials(
      APIGatewayProxyRequestEvent event, Context context, Trace trace, Caller caller) {
    return switch (CredentialsBody.read(event)) {
      case Body.Invalid<VendRequest> invalid -> Responses.invalid(trace.vendId(), invalid);
      case Body.Valid<VendRequest>(VendRequest request) ->
          Responses.vend(
              trace.vendId(),
              vendCredentials.vend(trace, caller, request, Requests.ownAccount(context)));
    };
  }

  private APIGatewayProxyResponseEvent probes(
      APIGatewayProxyRequestEvent event, Context context, Trace trace, Caller caller) {
    return switch (ProbeBody.read(event)) {
      case Body.Invalid<Asked<RoleArn>> invalid -> Responses.invalid(trace.vendId(), invalid);
      case Body.Valid<Asked<RoleArn>>(Asked<RoleArn>(RoleArn role, Form form)) ->
          Responses.probe(
              trace.vendId(),
              probeRole.probe(
                  trace,
                  Prober.of(caller),
                  role,
                  Requests.ownAccount(context),
                  Duration.ofMillis(context.getRemainingTimeInMillis())),
              form);
    };
  }

  private APIGatewayProxyResponseEvent roles(
      APIGatewayProxyRequestEvent event, Trace trace, Caller caller) {
    return switch (RolesBody.read(event)) {
      case Body.Invalid<RolesBody> invalid -> Responses.invalid(trace.vendId(), invalid);
      case Body.Valid<RolesBody>(RolesBody body) -> held(trace, caller, body);
    };
  }

  private APIGatewayProxyResponseEvent held(Trace trace, Caller caller, RolesBody body) {
    try {
      return RolesAnswer.of(caller, listRoles.of(caller, body.after(), body.limit()));
    } catch (AllowListException e) {
      return Responses.unavailable(trace.vendId());
    }
  }

  private APIGatewayProxyResponseEvent refuse(Trace trace, Caller.Fault fault) {
    Reason reason =
        switch (fault) {
          case MISSING -> Reason.IDENTITY_MISSING;
          case ROOT -> Reason.IDENTITY_ROOT;
          case FEDERATED -> Reason.IDENTITY_FEDERATED;
          case COGNITO -> Reason.IDENTITY_COGNITO;
          case ACCOUNT_MISMATCH -> Reason.IDENTITY_ACCOUNT_MISMATCH;
          case MALFORMED -> Reason.IDENTITY_MALFORMED;
        };
    return Responses.vend(trace.vendId(), vendCredentials.refuse(trace, reason));
  }
}

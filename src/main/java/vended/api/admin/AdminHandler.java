package vended.api.admin;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.Wiring;
import vended.admin.Administration;
import vended.admin.change.AdminReasons;
import vended.admin.change.AdminResult;
import vended.admin.change.AdminTrace;
import vended.admin.change.ChangedClient;
import vended.admin.verification.ActivateRole;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages.GrantKey;
import vended.allowlist.AllowListPages.Page;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.KnownClient;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.api.Body;
import vended.api.FaultLog;
import vended.api.RequestFields.Asked;
import vended.api.RequestFields.Form;
import vended.api.Requests;
import vended.api.Responses;
import vended.api.View;
import vended.api.admin.ClientBodies.Suspension;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.identity.Caller.Identified;
import vended.identity.Caller.Unidentified;
import vended.identity.RoleArn;

/** The admin function: {@code POST /clients/…} and {@code POST /grants/…}. */
public final class AdminHandler
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {
  private final Administration admin;
  private final Supplier<VendId> vendIds;

  /** For Lambda: wired by the process's environment. */
  public AdminHandler() {
    this(Wiring.ofProcess());
  }

  /** Of wired parts. */
  public AdminHandler(Wiring wiring) {
    this.admin = wiring.administration();
    this.vendIds = wiring.vendIds();
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
    var requester = Requests.requester(event, identification);
    // The template's route, not the path: behind a custom domain the path has a prefix.
    AdminRoute route = AdminRoute.of(event.getHttpMethod(), event.getResource());
    return switch (identification) {
      case Unidentified(Caller.Fault fault) ->
          AdminAnswers.of(
              AdminRoute.UNKNOWN,
              vendId,
              admin
                  .changes()
                  .forbid(vendId, requester, route.action(), AdminReasons.identity(fault)),
              Form.JSON);
      case Identified(Caller caller) -> {
        var trace = new AdminTrace(vendId, requester, caller.arn().value());
        yield carryOut(route, event, trace, context);
      }
    };
  }

  private APIGatewayProxyResponseEvent carryOut(
      AdminRoute route, APIGatewayProxyRequestEvent event, AdminTrace trace, Context context) {
    try {
      return route(route, event, trace, context);
    } catch (RuntimeException e) {
      FaultLog.log(context, trace.vendId(), e);
      return AdminAnswers.fault(route, trace.vendId());
    }
  }

  private APIGatewayProxyResponseEvent route(
      AdminRoute route, APIGatewayProxyRequestEvent event, AdminTrace trace, Context context) {
    VendId vendId = trace.vendId();
    return switch (route) {
      case CLIENTS_PUT ->
          answer(
              route,
              vendId,
              ClientBodies.put(event),
              put ->
                  admin.putClient().put(trace, put, Requests.ownAccount(context)).map(this::put));
      case CLIENTS_LIST -> answer(route, vendId, ListBodies.clients(event), this::list);
      case CLIENTS_SUSPEND ->
          answer(route, vendId, ClientBodies.suspend(event), what -> suspend(trace, what));
      case CLIENTS_ACTIVATE ->
          answer(
              route,
              vendId,
              ClientBodies.activate(event),
              probeId ->
                  admin.activateRole().activate(trace, probeId).map(AdminHandler::activated));
      case GRANTS_PUT ->
          answer(
              route,
              vendId,
              GrantBodies.put(event),
              put -> admin.putGrant().put(trace, put.grant(), put.version()).map(GrantView::one));
      case GRANTS_APPLY -> apply(event, trace, context);
      case GRANTS_LIST -> answer(route, vendId, ListBodies.grants(event), this::list);
      case GRANTS_REMOVE ->
          answer(route, vendId, GrantBodies.remove(event), which -> remove(trace, which));
      case UNKNOWN ->
          Responses.notFound(vendId, "This function answers POST /clients/… and POST /grants/….");
    };
  }

  private static <T> APIGatewayProxyResponseEvent answer(
      AdminRoute route, VendId vendId, Body<Asked<T>> body, Function<T, AdminResult<View>> use) {
    return switch (body) {
      case Body.Invalid<Asked<T>> invalid -> Responses.invalid(vendId, invalid);
      case Body.Valid<Asked<T>>(Asked<T>(T request, Form form)) ->
          AdminAnswers.of(route, vendId, use.apply(request), form);
    };
  }

  private APIGatewayProxyResponseEvent apply(
      APIGatewayProxyRequestEvent event, AdminTrace trace, Context context) {
    return switch (ApplyBody.of(event)) {
      case Body.Invalid<ApplyBody> invalid -> Responses.invalid(trace.vendId(), invalid);
      case Body.Valid<ApplyBody>(ApplyBody body) ->
          new ApplyAnswer(admin.applyGrants(), vendIds, context).of(trace, body);
    };
  }

  private View put(ChangedClient put) {
    Map<String, @Nullable Object> members = onboarded(put.client());
    members.put("unchanged", put.changed() ? null : true);
    GrantView.putConcerned(members, "danglingGrants", put.dangling());
    GrantView.putConcerned(members, "waitingGrants", put.waiting());
    return View.of(members);
  }

  private Map<String, @Nullable Object> onboarded(Stored<KnownClient> kept) {
    Client client = kept.value().client();
    Map<String, @Nullable Object> onboarding = new LinkedHashMap<>();
    onboarding.put("templateParameters", admin.onboarding().templateParameters(client));
    onboarding.put("quickCreateUrl", admin.onboarding().quickCreateUrl(client));
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("client", ClientView.json(kept));
    members.put("onboarding", onboarding);
    return members;
  }

  private static View activated(ActivateRole.Activated activated) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("client", ClientView.json(activated.client()));
    GrantView.putConcerned(members, "activeGrants", activated.grants());
    return View.of(members);
  }

  private AdminResult<View> list(ListBodies.Clients page) {
    if (page.account() != null) {
      return admin.findClient().find(page.account()).map(kept -> View.of(onboarded(kept)));
    }
    try {
      return new AdminResult.Done<>(
          ClientView.page(admin.pages().clients(page.after(), page.limit())));
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private AdminResult<View> list(ListBodies.Grants page) {
    try {
      Page<Grant, GrantKey> grants = admin.pages().grants(page.of(), page.after(), page.limit());
      Set<RoleArn> roles =
          grants.rows().stream().map(kept -> kept.value().role()).collect(Collectors.toSet());
      return new AdminResult.Done<>(GrantView.page(grants, admin.danglingRoles().among(roles)));
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }

  private AdminResult<View> suspend(AdminTrace trace, Suspension what) {
    return what.account() == null
        ? admin.suspendClient().stop(trace, what.stopped()).map(AdminHandler::vending)
        : admin
            .suspendClient()
            .suspend(trace, what.account(), what.stopped(), what.version())
            .map(ClientView::one);
  }

  private static View vending(Vending stored) {
    return View.of(
        Map.of("vending", Map.of("stopped", stored.stopped(), "version", stored.version())));
  }

  private AdminResult<View> remove(AdminTrace trace, GrantBodies.Removal which) {
    return admin
        .removeGrant()
        .remove(trace, which.caller(), which.role(), which.version())
        .map(removed -> View.of(Map.of("removed", true)));
  }
}

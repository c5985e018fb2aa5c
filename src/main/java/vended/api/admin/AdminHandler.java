package vended.api.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vended.Wiring;
import vended.admin.Administration;
import vended.admin.change.AdminResult;
import vended.admin.change.ChangedClient;
import vended.admin.verification.ActivateRole;
import vended.allowlist.Client;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.api.ApiHandler;
import vended.api.ApiRequest;
import vended.api.Body;
import vended.api.RequestFields.Asked;
import vended.api.RequestFields.Form;
import vended.api.Response;
import vended.api.Responses;
import vended.api.admin.ClientBodies.Suspension;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.json.JsonObject;

/** The admin function: {@code POST /clients/…} and {@code POST /grants/…}. */
public final class AdminHandler extends ApiHandler {
  private final Administration admin;
  private final Supplier<VendId> vendIds;

  /** For Lambda: wired by the process's environment. */
  public AdminHandler() {
    this(Wiring.ofProcess());
  }

  /** Of wired parts. */
  public AdminHandler(Wiring wiring) {
    super(wiring.vendIds());
    this.admin = wiring.administration();
    this.vendIds = wiring.vendIds();
  }

  @Override
  protected Response refuse(ApiRequest request, Reason reason) {
    String action = AdminRoute.of(request.route()).action();
    return AdminAnswers.of(
        AdminRoute.UNKNOWN,
        request.vendId(),
        admin.changes().forbid(request.trace(), action, reason),
        Form.JSON);
  }

  @Override
  protected Response fault(ApiRequest request, Exception fault) {
    return AdminAnswers.fault(AdminRoute.of(request.route()), request.vendId());
  }

  @Override
  protected Response answer(ApiRequest request, Caller caller) {
    AdminRoute route = AdminRoute.of(request.route());
    Trace trace = request.trace();
    return switch (route) {
      case CLIENTS_PUT ->
          answer(
              request,
              ClientBodies::put,
              put -> admin.putClient().put(trace, put, request.ownAccount()).map(this::put));
      case CLIENTS_LIST -> answer(request, ListBodies::clients, this::list);
      case CLIENTS_SUSPEND -> answer(request, ClientBodies::suspend, what -> suspend(trace, what));
      case CLIENTS_ACTIVATE ->
          answer(
              request,
              ClientBodies::activate,
              probeId ->
                  admin.activateRole().activate(trace, probeId).map(AdminHandler::activated));
      case GRANTS_PUT ->
          answer(
              request,
              GrantBodies::put,
              put -> admin.putGrant().put(trace, put.grant(), put.version()).map(GrantView::one));
      case GRANTS_APPLY ->
          request
              .body(ApplyBody.MAX_BYTES)
              .then(ApplyBody::read)
              .answer(
                  trace.vendId(),
                  body -> new ApplyAnswer(admin.applyGrants(), vendIds, request).of(trace, body));
      case GRANTS_LIST -> answer(request, ListBodies::grants, this::list);
      case GRANTS_REMOVE -> answer(request, GrantBodies::remove, which -> remove(trace, which));
      case UNKNOWN ->
          Responses.notFound(
              trace.vendId(), "This function answers POST /clients/… and POST /grants/….");
    };
  }

  private static <T> Response answer(
      ApiRequest request,
      Function<JsonObject, Body<Asked<T>>> read,
      Function<T, AdminResult<View>> use) {
    AdminRoute route = AdminRoute.of(request.route());
    return request
        .body()
        .then(read)
        .answer(
            request.vendId(),
            body ->
                AdminAnswers.of(route, request.vendId(), use.apply(body.request()), body.form()));
  }

  private View put(ChangedClient put) {
    Map<String, @Nullable Object> members = onboarded(put.client());
    members.put("unchanged", put.changed() ? null : true);
    GrantView.putConcerned(members, "danglingGrants", put.dangling());
    GrantView.putConcerned(members, "waitingGrants", put.waiting());
    return View.of(members);
  }

  private Map<String, @Nullable Object> onboarded(Stored<Client> kept) {
    Client client = kept.value();
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
    return page.account() == null
        ? admin.listAllowList().clients(page.after(), page.limit()).map(ClientView::page)
        : admin.listAllowList().client(page.account()).map(kept -> View.of(onboarded(kept)));
  }

  private AdminResult<View> list(ListBodies.Grants page) {
    return admin
        .listAllowList()
        .grants(page.of(), page.after(), page.limit())
        .map(grants -> GrantView.page(grants.page(), grants.dangling()));
  }

  private AdminResult<View> suspend(Trace trace, Suspension what) {
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

  private AdminResult<View> remove(Trace trace, GrantBodies.Removal which) {
    return admin
        .removeGrant()
        .remove(trace, which.caller(), which.role(), which.version())
        .map(removed -> View.of(Map.of("removed", true)));
  }
}

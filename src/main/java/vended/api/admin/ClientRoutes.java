package vended.api.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.admin.Administration;
import vended.admin.ListAllowList;
import vended.admin.PutClient;
import vended.admin.change.AdminResult;
import vended.admin.change.ChangedClient;
import vended.admin.change.Refusal;
import vended.admin.verification.ActivateRole;
import vended.allowlist.Client;
import vended.allowlist.Rotation;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.api.ApiRequest;
import vended.api.admin.ClientBodies.Removal;
import vended.api.admin.ClientBodies.Rotate;
import vended.api.admin.ClientBodies.Suspension;
import vended.audit.VendId;

/** The routes {@code /clients/…}. */
final class ClientRoutes {
  private final Administration admin;

  ClientRoutes(Administration admin) {
    this.admin = admin;
  }

  List<AdminRoute> all() {
    return List.of(
        AdminRoute.changing("/clients/put", ClientBodies::put, this::put)
            .advising(
                Refusal.NO_CLIENT, "This account has no client. Leave version out to add one."),
        AdminRoute.reading("/clients/list", ListBodies::clients, this::list),
        AdminRoute.changing("/clients/suspend", ClientBodies::suspend, this::suspend)
            .advising(
                Refusal.NO_CLIENT,
                "This account has no client, so there is nothing to suspend or resume."
                    + " /clients/list has the accounts of all clients."),
        AdminRoute.changing("/clients/rotate", ClientBodies::rotate, this::rotate)
            .advising(
                Refusal.NO_CLIENT,
                "This account has no client, so there is no ExternalId to rotate. /clients/list has"
                    + " the accounts of all clients."),
        AdminRoute.changing("/clients/remove", ClientBodies::remove, this::remove)
            .advising(
                Refusal.NO_CLIENT,
                "This account has no client, so there is nothing to remove. /clients/list has the"
                    + " accounts of all clients."),
        AdminRoute.changing("/clients/activate", ClientBodies::activate, this::activate)
            .advising(
                Refusal.NO_CLIENT,
                "The probed role's account has no client. Put the client with this role first."));
  }

  private AdminResult<View> put(ApiRequest request, PutClient.Request body) {
    return admin.putClient().put(request.trace(), body, request.ownAccount()).map(this::put);
  }

  private View put(ChangedClient put) {
    Map<String, @Nullable Object> members = onboarded(put.client(), null);
    members.put("unchanged", put.changed() ? null : true);
    GrantView.putAffected(members, "danglingGrants", put.dangling());
    GrantView.putAffected(members, "waitingGrants", put.waiting());
    return View.of(members);
  }

  private AdminResult<View> list(ApiRequest request, ListBodies.Clients page) {
    return page.account() == null
        ? admin.listAllowList().clients(page.after(), page.limit()).map(ClientView::page)
        : admin.listAllowList().client(page.account()).map(this::listed);
  }

  private View listed(ListAllowList.Listed listed) {
    Map<String, @Nullable Object> members = onboarded(listed.client(), listed.rotation());
    members.put("client", ClientView.listed(listed.client(), listed.suspendedByClient()));
    return View.of(members);
  }

  private Map<String, @Nullable Object> onboarded(
      Stored<Client> client, @Nullable Stored<Rotation> rotation) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("client", ClientView.json(client));
    members.put("rotation", RotationView.json(client.value(), rotation));
    members.put("onboarding", OnboardingView.json(admin.onboarding(), client.value()));
    return members;
  }

  private AdminResult<View> suspend(ApiRequest request, Suspension body) {
    return body.account() == null
        ? admin.suspendClient().stop(request.trace(), body.stopped()).map(ClientRoutes::vending)
        : admin
            .suspendClient()
            .suspend(request.trace(), body.account(), body.stopped(), body.version())
            .map(ClientView::one);
  }

  private AdminResult<View> rotate(ApiRequest request, Rotate body) {
    return admin
        .rotateExternalId()
        .take(request.trace(), body.account(), body.step(), body.version())
        .map(rotating -> View.of(onboarded(rotating.client(), rotating.rotation())));
  }

  private AdminResult<View> remove(ApiRequest request, Removal body) {
    return admin
        .removeClient()
        .remove(request.trace(), body.account(), body.version())
        .map(removed -> View.of(Map.of("removed", true)));
  }

  private static View vending(Vending vending) {
    return View.of(
        Map.of("vending", Map.of("stopped", vending.stopped(), "version", vending.version())));
  }

  private AdminResult<View> activate(ApiRequest request, VendId probeId) {
    return admin.activateRole().activate(request.trace(), probeId).map(ClientRoutes::activated);
  }

  private static View activated(ActivateRole.Activated activated) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("client", ClientView.json(activated.client()));
    GrantView.putAffected(members, "activeGrants", activated.grants());
    return View.of(members);
  }
}

package vended.api.admin;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import vended.admin.Administration;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.api.ApiRequest;
import vended.api.Response;
import vended.audit.VendId;

/** The routes {@code /grants/…}. */
final class GrantRoutes {
  private static final String NO_CLIENT =
      "The role's account has no client. Put the client with this role first.";

  private final Administration admin;
  private final Supplier<VendId> vendIds;

  GrantRoutes(Administration admin, Supplier<VendId> vendIds) {
    this.admin = admin;
    this.vendIds = vendIds;
  }

  List<AdminRoute> all() {
    AdminAdvice ofLines =
        new AdminAdvice(
            Map.of(
                Refusal.NO_CLIENT,
                NO_CLIENT,
                Refusal.NO_GRANT,
                "This caller has no grant of this role any more: somebody removed it. Plan again."),
            "Plan again.");
    return List.of(
        AdminRoute.changing("/grants/put", GrantBodies::put, this::put)
            .advising(Refusal.NO_CLIENT, NO_CLIENT)
            .advising(
                Refusal.NO_GRANT,
                "This caller has no grant of this role. Leave version out to add one."),
        new AdminRoute("/grants/apply", true, ofLines, this::apply),
        AdminRoute.reading("/grants/list", ListBodies::grants, this::list),
        AdminRoute.changing("/grants/remove", GrantBodies::remove, this::remove)
            .advising(
                Refusal.NO_GRANT,
                "This caller has no grant of this role, so there is nothing to remove."
                    + " /grants/list has all grants."));
  }

  private AdminResult<View> put(ApiRequest request, GrantBodies.Put body) {
    return admin.putGrant().put(request.trace(), body.grant(), body.version()).map(GrantView::one);
  }

  private Response apply(ApiRequest request, AdminAdvice advice) {
    return request
        .body(ApplyBody.MAX_BYTES)
        .then(ApplyBody::read)
        .answer(
            request.vendId(),
            body -> new ApplyAnswer(admin.applyGrants(), vendIds, request, advice).of(body));
  }

  private AdminResult<View> list(ApiRequest request, ListBodies.Grants page) {
    return admin
        .listAllowList()
        .grants(page.of(), page.after(), page.limit())
        .map(grants -> GrantView.page(grants.page(), grants.dangling()));
  }

  private AdminResult<View> remove(ApiRequest request, GrantBodies.Removal body) {
    return admin
        .removeGrant()
        .remove(request.trace(), body.key().caller(), body.key().role(), body.version())
        .map(removed -> View.of(Map.of("removed", true)));
  }
}

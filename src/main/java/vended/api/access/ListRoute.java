package vended.api.access;

import java.util.Map;
import java.util.function.Consumer;
import vended.access.ListAccess;
import vended.allowlist.AllowListException;
import vended.api.ApiRequest;
import vended.api.Response;

/** {@code /access/list}: who may have which role, and whether each would be vended now. */
final class ListRoute implements AccessRoutes.AccessRoute {
  private final ListAccess listAccess;

  ListRoute(ListAccess listAccess) {
    this.listAccess = listAccess;
  }

  @Override
  public Response answer(ApiRequest request, Consumer<Map<String, ?>> log)
      throws AllowListException {
    return request.answer(
        ListBody::read,
        body -> {
          log.accept(body.asked());
          return AccessView.page(
              listAccess.of(body.of(), body.after(), body.limit(), request.ownAccount()),
              body.form());
        });
  }
}

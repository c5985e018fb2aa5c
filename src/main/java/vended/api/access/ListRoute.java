package vended.api.access;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import vended.access.ListAccess;
import vended.allowlist.AllowListException;
import vended.allowlist.ClientNames;
import vended.allowlist.read.AllowListEntries.Selection;
import vended.allowlist.read.AllowListPages;
import vended.api.ApiRequest;
import vended.api.Body;
import vended.api.Response;
import vended.audit.AuditException;
import vended.json.JsonError;

/** {@code /access/list}: who may have which role, and whether each would be vended now. */
final class ListRoute implements AccessRoutes.AccessRoute {
  private final ListAccess listAccess;
  private final AllowListPages pages;

  ListRoute(ListAccess listAccess, AllowListPages pages) {
    this.listAccess = listAccess;
    this.pages = pages;
  }

  @Override
  public Response answer(ApiRequest request, Consumer<Map<String, ?>> log) throws Exception {
    return request.answer(
        ListBody::read,
        body -> {
          log.accept(body.asked());
          return selection(body)
              .answer(request.vendId(), of -> page(body, of, request.ownAccount()));
        });
  }

  private Response page(ListBody body, Selection of, String ownAccount)
      throws AuditException, AllowListException {
    return AccessView.page(listAccess.of(of, body.after(), body.limit(), ownAccount), body.form());
  }

  private Body<Selection> selection(ListBody body) throws AllowListException {
    if (body.client() == null) {
      return new Body.Valid<>(body.of());
    }
    return switch (pages.clientNames().find(body.client())) {
      case ClientNames.Match.Account(String account) ->
          new Body.Valid<>(new Selection.OfAccount(account));
      case ClientNames.Match.Refused(String detail) ->
          Body.Invalid.of(
              List.of(new JsonError("/client", "\"%s\" %s".formatted(body.client(), detail))));
    };
  }
}

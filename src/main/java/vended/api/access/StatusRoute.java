package vended.api.access;

import java.util.Map;
import java.util.function.Consumer;
import vended.access.status.CheckStatus;
import vended.access.status.Status;
import vended.api.ApiRequest;
import vended.api.Body;
import vended.api.RequestFields;
import vended.api.RequestFields.Asked;
import vended.api.RequestFields.Form;
import vended.api.Response;
import vended.json.JsonObject;

/** {@code /access/status}: whether anything needs attention. */
final class StatusRoute implements AccessRoutes.AccessRoute {
  private final CheckStatus checkStatus;

  StatusRoute(CheckStatus checkStatus) {
    this.checkStatus = checkStatus;
  }

  @Override
  public Response answer(ApiRequest request, Consumer<Map<String, ?>> log) throws Exception {
    return request.answer(
        StatusRoute::body,
        asked -> {
          log.accept(Map.of());
          Status status = checkStatus.look();
          return Response.json(
              asked.form() == Form.TABLE ? StatusView.table(status) : StatusView.members(status));
        });
  }

  /** {@code {format?}}. */
  private static Body<Asked<Boolean>> body(JsonObject object) {
    return new RequestFields(object).asked(() -> true);
  }
}

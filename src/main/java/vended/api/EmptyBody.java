package vended.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.List;
import vended.json.JsonError;
import vended.json.JsonObject;

/** The body of a request that asks for nothing in particular: {@code {}}. */
record EmptyBody() {
  static Body<EmptyBody> read(APIGatewayProxyRequestEvent event) {
    return Body.object(event).then(EmptyBody::of);
  }

  private static Body<EmptyBody> of(JsonObject object) {
    List<JsonError> errors = new Fields(object).errors();
    return errors.isEmpty() ? new Body.Valid<>(new EmptyBody()) : Body.Invalid.of(errors);
  }
}

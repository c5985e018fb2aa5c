package vended.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.List;
import vended.json.JsonError;
import vended.json.JsonObject;

/** The body of a request that asks for nothing in particular: {@code {}}. */
record EmptyBody() {
  static Body<EmptyBody> read(APIGatewayProxyRequestEvent event) {
    return switch (Body.object(event)) {
      case Body.Invalid<JsonObject>(boolean tooLarge, List<JsonError> errors) ->
          new Body.Invalid<>(tooLarge, errors);
      case Body.Valid<JsonObject>(JsonObject object) -> {
        List<JsonError> errors = new Fields(object).errors();
        yield errors.isEmpty() ? new Body.Valid<>(new EmptyBody()) : Body.Invalid.of(errors);
      }
    };
  }
}

package vended.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.Objects;
import vended.api.AdminFields.Asked;
import vended.identity.RoleArn;
import vended.json.JsonObject;

/** The body of {@code POST /probes}: {@code {roleArn, format?}}. */
final class ProbeBody {
  private ProbeBody() {}

  static Body<Asked<RoleArn>> read(APIGatewayProxyRequestEvent event) {
    return Body.object(event).then(ProbeBody::of);
  }

  private static Body<Asked<RoleArn>> of(JsonObject object) {
    AdminFields body = new AdminFields(object);
    RoleArn role = body.role();
    return body.done(() -> Objects.requireNonNull(role));
  }
}

package vended.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.List;
import vended.identity.RoleArn;
import vended.json.JsonError;
import vended.json.JsonObject;

/** The body of {@code POST /probes}: {@code {roleArn}}. */
final class ProbeBody {
  private ProbeBody() {}

  static Body<RoleArn> read(APIGatewayProxyRequestEvent event) {
    return Body.object(event).then(ProbeBody::of);
  }

  private static Body<RoleArn> of(JsonObject object) {
    Fields fields = new Fields(object);
    RoleArn role =
        fields.required(
            "roleArn",
            text -> RoleArn.parse(text).orElse(null),
            "must be the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/PATH/NAME, no wildcards");
    List<JsonError> errors = fields.errors();
    return role == null || !errors.isEmpty() ? Body.Invalid.of(errors) : new Body.Valid<>(role);
  }
}

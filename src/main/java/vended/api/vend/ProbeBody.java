package vended.api.vend;

import java.util.Objects;
import vended.api.Body;
import vended.api.RequestFields;
import vended.api.RequestFields.Asked;
import vended.identity.RoleArn;
import vended.json.JsonObject;

/** The body of {@code POST /probes}: {@code {roleArn, format?}}. */
final class ProbeBody {
  private ProbeBody() {}

  static Body<Asked<RoleArn>> read(JsonObject object) {
    RequestFields body = new RequestFields(object);
    RoleArn role = body.role();
    return body.done(() -> Objects.requireNonNull(role));
  }
}

package vended.fuzz.target;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.Fields;
import vended.api.PolicyCheck;
import vended.api.SessionPolicyFields;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.fuzz.oracle.StrictJson;
import vended.fuzz.oracle.StrictJson.Parsed;
import vended.json.Json;
import vended.json.JsonObject;

/** Session policies: what passes is JSON that STS takes, with the structure that IAM demands. */
public final class PolicyTarget implements Target {
  @Override
  public void check(byte[] input) {
    String policy = new Data(input).rest();
    Fields fields = fields(policy);
    if (fields == null) {
      return;
    }
    String taken = SessionPolicyFields.policy(fields);
    Parsed parsed = StrictJson.parse(policy);
    if (taken == null) {
      Target.check(!fields.errors().isEmpty(), "what is not taken is an error", policy);
      Target.check(
          parsed == null
              || !(parsed.value() instanceof Map<?, ?>)
              || parsed.doubled()
              || parsed.deepest() > 12
              || policy.length() > 2048
              || policy.chars().anyMatch(c -> c > 0xff || c < ' ')
              || policy.matches("(?s).*[0-9.eE+-]{21}.*"),
          "a sound policy is taken",
          policy);
      return;
    }
    Target.check(taken.equals(policy), "taken as it is", policy);
    Target.check(policy.length() <= 2048, "STS's limit", policy);
    Target.check(
        parsed != null && parsed.value() instanceof Map<?, ?> && !parsed.doubled(),
        "one object, no name twice",
        policy);
    if (PolicyCheck.faults(policy).isEmpty()) {
      structure((Map<?, ?>) Objects.requireNonNull(Objects.requireNonNull(parsed).value()), policy);
    }
  }

  /** The fields of a body with the policy, as a string in JSON; null if that is not UTF-8. */
  private static @Nullable Fields fields(String policy) {
    String body = Json.write(Map.of("policy", policy));
    return Body.read(new APIGatewayProxyRequestEvent().withBody(body), 1 << 20, JsonObject::read)
            instanceof Body.Valid<JsonObject>(JsonObject object)
        ? new Fields(object)
        : null;
  }

  private static void structure(Map<?, ?> policy, String text) {
    Object statement = policy.get("Statement");
    List<?> statements = statement instanceof List<?> list ? list : List.of(orEmpty(statement));
    Target.check(!statements.isEmpty(), "a policy has a statement", text);
    for (Object one : statements) {
      Target.check(one instanceof Map<?, ?>, "a statement is an object", text);
      Map<?, ?> members = (Map<?, ?>) one;
      Target.check(
          "Allow".equals(members.get("Effect")) || "Deny".equals(members.get("Effect")),
          "a statement has an effect",
          text);
      Target.check(
          members.containsKey("Action") != members.containsKey("NotAction")
              && members.containsKey("Resource") != members.containsKey("NotResource"),
          "a statement has actions and resources",
          text);
      Target.check(!members.containsKey("Principal"), "a session policy has no principal", text);
    }
  }

  private static Object orEmpty(@Nullable Object value) {
    return value == null ? "" : value;
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\","
            + "\"Resource\":[\"*\"],\"Condition\":{\"StringEquals\":{\"a:b\":[\"c\",1,true]}}}]}",
        "{\"Statement\":{\"Effect\":\"Deny\",\"NotAction\":[\"iam:*\"],\"NotResource\":\"x\"}}",
        "{\"Statement\":[],\"Statement\":{}}");
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"Statement\":",
        "\"Effect\":\"Allow\"",
        "\"Action\":",
        "\"NotAction\":",
        "\"Resource\":",
        "\"NotResource\":",
        "\"Principal\":\"*\"",
        "\"Condition\":{",
        "\"Version\":",
        "2008-10-17",
        "[",
        "]",
        "{",
        "}",
        ",",
        "null",
        "\"*\"",
        "\\u0041",
        "\"Sid\":\"a\"");
  }
}

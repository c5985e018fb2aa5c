package vended.api.vend;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import vended.api.Body;
import vended.api.Fields;
import vended.api.RequestFields;
import vended.api.SessionPolicyFields;
import vended.identity.RoleArn;
import vended.json.JsonObject;
import vended.text.VisibleText;
import vended.vending.VendRequest;

/**
 * The body of {@code POST /credentials}: {@code {roleArn, durationSeconds?, policy?, policyArns?,
 * context?}}.
 */
final class CredentialsBody {
  private static final int MAX_CONTEXT = 20;
  private static final Pattern CONTEXT_KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final int MAX_CONTEXT_VALUE = 256;

  private final Fields fields;

  private CredentialsBody(JsonObject object) {
    this.fields = new Fields(object);
  }

  static Body<VendRequest> read(JsonObject object) {
    return new CredentialsBody(object).request();
  }

  private Body<VendRequest> request() {
    RoleArn role = fields.required("roleArn", RoleArn::parse, RequestFields.ROLE_RULE);
    Integer seconds = SessionPolicyFields.seconds(fields, "durationSeconds");
    String policy = SessionPolicyFields.policy(fields);
    List<String> policyArns = SessionPolicyFields.policyArns(fields, policy);
    Map<String, String> context = context();
    return fields.body(
        () -> new VendRequest(Objects.requireNonNull(role), seconds, policy, policyArns, context));
  }

  private Map<String, String> context() {
    Map<String, String> context =
        fields.optionalTextMap("context", "must be an object whose values are strings");
    if (context.size() > MAX_CONTEXT) {
      fields.error("context", "must have at most 20 members");
    }
    if (!context.keySet().stream().allMatch(key -> CONTEXT_KEY.matcher(key).matches())) {
      fields.error("context", "must have names of a letter and up to 63 of A-Z a-z 0-9 _.-");
    }
    if (!context.values().stream().allMatch(CredentialsBody::isContextValue)) {
      fields.error("context", "must have values of 1 to 256 characters, no control characters");
    }
    return context;
  }

  private static boolean isContextValue(String value) {
    int length = value.codePointCount(0, value.length());
    return length >= 1 && length <= MAX_CONTEXT_VALUE && VisibleText.isOneLine(value);
  }
}

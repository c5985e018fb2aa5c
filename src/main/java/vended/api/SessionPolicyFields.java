package vended.api;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.identity.AccountId;
import vended.identity.RoleArn;
import vended.json.JsonObject;

/**
 * Reads the session policies of a body, {@code policy} and {@code policyArns}, and checks what can
 * be checked before STS does.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">STS
 *     AssumeRole</a>
 */
public final class SessionPolicyFields {
  /** STS's limit for the inline policy and the policies' ARNs together, in characters. */
  private static final int MAX_POLICY_LENGTH = 2048;

  private static final Pattern POLICY_ARN =
      Pattern.compile(
          "arn:(?:aws|aws-cn|aws-us-gov):iam::(?:aws|%s):policy/[A-Za-z0-9_+=,.@/-]{1,512}"
              .formatted(AccountId.REGEX));

  /** The characters that STS accepts in a policy. */
  private static final Pattern POLICY = Pattern.compile("[\\t\\n\\r\\x20-\\xff]{1,2048}");

  private SessionPolicyFields() {}

  /** How long a session lasts, in seconds; null if the body does not say. */
  public static @Nullable Integer seconds(Fields fields, String name) {
    return fields.optionalInteger(
        name,
        Grant.MIN_SECONDS,
        Grant.MAX_SECONDS,
        "must be a whole number from 900 to 3600 (a role's session gets no more from STS)");
  }

  public static @Nullable String policy(Fields fields) {
    return fields.optionalText(
        "policy",
        text -> POLICY.matcher(text).matches() && JsonObject.isSound(text),
        "must be a string of up to 2048 characters, none above U+00FF, that holds an IAM"
            + " policy: one JSON object, no name twice");
  }

  /**
   * The ARNs of managed policies.
   *
   * @param policy the inline policy, which counts towards the same limit
   */
  public static List<String> policyArns(Fields fields, @Nullable String policy) {
    List<String> arns =
        fields.optionalTexts("policyArns", "must be a list of ARNs of managed policies");
    if (arns.size() > Grant.MAX_POLICY_ARNS) {
      fields.error("policyArns", "must hold 10 ARNs at most");
    }
    if (!arns.stream().allMatch(arn -> POLICY_ARN.matcher(arn).matches())) {
      fields.error("policyArns", "must hold ARNs of managed policies, arn:aws:iam::…:policy/…");
    }
    int length = arns.stream().mapToInt(String::length).sum();
    if (length + (policy == null ? 0 : policy.length()) > MAX_POLICY_LENGTH) {
      fields.error(
          policy == null ? "policyArns" : "policy",
          "must be 2048 characters at most, policy and policyArns together");
    }
    return arns;
  }

  /** The same for a certain role: STS accepts policies of its account and of AWS. */
  public static List<String> policyArnsFor(
      @Nullable RoleArn role, Fields fields, @Nullable String policy) {
    List<String> arns = policyArns(fields, policy);
    for (int i = 0; role != null && i < arns.size(); i++) {
      String arn = arns.get(i);
      String home = "arn:%s:iam::".formatted(role.partition());
      if (POLICY_ARN.matcher(arn).matches()
          && !arn.startsWith(home + "aws:")
          && !arn.startsWith(home + role.account() + ":")) {
        fields.error(
            "policyArns/" + i,
            "must be a policy of the client role's account, %s%s:policy/…, or of AWS, %saws:policy/…"
                .formatted(home, role.account(), home));
      }
    }
    return arns;
  }
}

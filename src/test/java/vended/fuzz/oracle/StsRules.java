package vended.fuzz.oracle;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.fuzz.Target;
import vended.sts.AssumeRole;

/**
 * What STS accepts as the arguments of AssumeRole, as its reference has it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html">Tag</a>
 */
public final class StsRules {
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
  private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
  private static final Pattern POLICY = Pattern.compile("[\\t\\n\\r\\x20-\\xff]{1,2048}");

  private StsRules() {}

  /** Fails if STS would refuse a call for its form. */
  public static void check(AssumeRole call) {
    form(NAME, "RoleSessionName", call.sessionName());
    form(EXTERNAL_ID, "ExternalId", call.externalId());
    form(NAME, "SourceIdentity", call.sourceIdentity());
    form(POLICY, "Policy", call.policy());
    Target.check(
        call.sourceIdentity() == null
            || !call.sourceIdentity().toLowerCase(Locale.ROOT).startsWith("aws:"),
        "SourceIdentity is reserved",
        call);
    Target.check(
        call.durationSeconds() >= 900 && call.durationSeconds() <= 3600, "DurationSeconds", call);
    Target.check(call.policyArns().size() <= 10, "PolicyArns", call);
    int arn = call.role().value().length();
    Target.check(arn >= 20 && arn <= 2048, "RoleArn", call);
    tags(call.tags());
  }

  private static void form(Pattern form, String name, @Nullable String value) {
    Target.check(
        value == null || form.matcher(value).matches(), "STS refuses the " + name, "" + value);
  }

  private static void tags(Map<String, String> tags) {
    Target.check(tags.size() <= 50, "too many tags", tags);
    Set<String> keys = new HashSet<>();
    tags.forEach(
        (key, value) -> {
          form(TAG_KEY, "tag's key", key);
          form(TAG_VALUE, "tag's value", value);
          String lower = key.toLowerCase(Locale.ROOT);
          Target.check(keys.add(lower), "STS compares keys without case", tags);
          Target.check(!lower.startsWith("aws:"), "the key is reserved", key);
        });
  }
}

package vended.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The parameters of AssumeRole, checked as STS checks them.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole
 *     in the STS API reference</a>
 */
record AssumeRoleCall(
    String roleArn,
    String sessionName,
    int durationSeconds,
    Optional<String> externalId,
    Optional<String> sourceIdentity,
    Map<String, String> tags,
    List<String> transitiveTagKeys,
    Optional<String> policy,
    List<String> policyArns) {

  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws(?:-cn|-us-gov)?:iam::\\d{12}:role/[\\x21-\\x7E]+");
  private static final Pattern POLICY_ARN =
      Pattern.compile("arn:aws(?:-cn|-us-gov)?:iam::(?:aws|\\d{12}):policy/[\\x21-\\x7E]+");
  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
  private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

  AssumeRoleCall {
    tags = Map.copyOf(tags);
    transitiveTagKeys = List.copyOf(transitiveTagKeys);
    policyArns = List.copyOf(policyArns);
  }

  static AssumeRoleCall parse(Form form) throws StsException {
    Check check = new Check();
    var call =
        new AssumeRoleCall(
            check.required(form, "RoleArn", ROLE_ARN),
            check.required(form, "RoleSessionName", NAME),
            check.duration(form),
            check.optional(form, "ExternalId", EXTERNAL_ID),
            check.optional(form, "SourceIdentity", NAME),
            check.tags(form),
            form.members("TransitiveTagKeys", ""),
            check.optional(form, "Policy", Pattern.compile("[\\t\\n\\r\\x20-\\x{FF}]+")),
            check.policyArns(form));
    if (call.sourceIdentity.orElse("").startsWith("aws:")) {
      check.fails("sourceIdentity", "Member must not start with aws:");
    }
    if (!call.tags.keySet().containsAll(call.transitiveTagKeys)) {
      check.fails("transitiveTagKeys", "Member must be a key of the tags");
    }
    check.done();
    return call;
  }

  /** Gathers the errors, since STS too answers all of them at once. */
  private static final class Check {
    private final List<String> errors = new ArrayList<>();

    private void fails(String member, String constraint) {
      errors.add("Value at '%s' failed to satisfy constraint: %s".formatted(member, constraint));
    }

    private String required(Form form, String name, Pattern pattern) {
      Optional<String> value = optional(form, name, pattern);
      if (value.isEmpty()) {
        fails(name, "Member must not be null");
      }
      return value.orElse("");
    }

    private Optional<String> optional(Form form, String name, Pattern pattern) {
      Optional<String> value = form.get(name);
      if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
        fails(name, "Member must satisfy regular expression pattern: " + pattern);
      }
      return value;
    }

    private int duration(Form form) {
      String text = form.get("DurationSeconds").orElse("3600");
      int seconds = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
      if (seconds < 900 || seconds > 43_200) {
        fails("durationSeconds", "Member must have value between 900 and 43200");
      }
      return seconds;
    }

    private List<String> policyArns(Form form) {
      List<String> arns = form.members("PolicyArns", ".arn");
      if (arns.size() > 10) {
        fails("policyArns", "Member must have length less than or equal to 10");
      }
      if (!arns.stream().allMatch(arn -> POLICY_ARN.matcher(arn).matches())) {
        fails("policyArns", "Member must satisfy regular expression pattern: " + POLICY_ARN);
      }
      return arns;
    }

    private Map<String, String> tags(Form form) {
      List<String> keys = form.members("Tags", ".Key");
      List<String> values = form.members("Tags", ".Value");
      if (keys.size() > 50 || keys.size() != values.size()) {
        fails("tags", "Member must have at most 50 keys, each with a value");
        return Map.of();
      }
      Map<String, String> tags = new LinkedHashMap<>();
      TreeSet<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = 0; i < keys.size(); i++) {
        String key = keys.get(i);
        if (!TAG_KEY.matcher(key).matches() || !TAG_VALUE.matcher(values.get(i)).matches()) {
          fails("tags." + (i + 1), "Member must satisfy regular expression pattern: " + TAG_KEY);
        }
        if (!seen.add(key) || key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
          fails("tags." + (i + 1), "Keys are unique whatever their case, and none is AWS's own");
        }
        tags.put(key, values.get(i));
      }
      return tags;
    }

    private void done() throws StsException {
      if (!errors.isEmpty()) {
        throw StsException.validation(
            "%d validation error%s detected: %s"
                .formatted(
                    errors.size(), errors.size() == 1 ? "" : "s", String.join("; ", errors)));
      }
    }
  }
}

package vended.iam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One request, as policies see it.
 *
 * @param principals everything that the caller is: the ARN of its session and of its role, or a
 *     service's name
 * @param resource the full ARN; for a trust policy, the role's
 * @param context the condition keys that the request has, in lower case, since IAM's are not
 *     case-sensitive
 */
public record AccessRequest(
    Set<String> principals, String action, String resource, Map<String, List<String>> context) {

  public AccessRequest {
    principals = Set.copyOf(principals);
    if (!action.matches("[a-z0-9-]+:[A-Za-z0-9]+")) {
      throw new IllegalArgumentException("not an action: " + action);
    }
    var lowerCase = new LinkedHashMap<String, List<String>>();
    context.forEach(
        (key, values) -> {
          if (lowerCase.put(key.toLowerCase(Locale.ROOT), List.copyOf(values)) != null) {
            throw new IllegalArgumentException("two spellings of the context key " + key);
          }
        });
    context = Map.copyOf(lowerCase);
  }

  public static AccessRequest of(String principal, String action, String resource) {
    return new AccessRequest(Set.of(principal), action, resource, Map.of());
  }

  /** The same request by a caller who is this, too: a session is also its role. */
  public AccessRequest by(String principal) {
    var more = new LinkedHashSet<>(principals);
    more.add(principal);
    return new AccessRequest(more, action, resource, context);
  }

  public AccessRequest with(String key, String... values) {
    return with(key, List.of(values));
  }

  public AccessRequest with(String key, List<String> values) {
    var more = new LinkedHashMap<>(context);
    more.put(key.toLowerCase(Locale.ROOT), new ArrayList<>(values));
    return new AccessRequest(principals, action, resource, more);
  }

  /** The same request for another action of the same call: AssumeRole also asks for TagSession. */
  public AccessRequest asking(String anotherAction) {
    return new AccessRequest(principals, anotherAction, resource, context);
  }
}

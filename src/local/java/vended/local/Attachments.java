package vended.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import vended.iam.Policy;

/** Which identity policies are attached to which user or role. Nobody else may do anything. */
public final class Attachments {
  private final Map<String, List<Policy>> byIdentity = new ConcurrentHashMap<>();
  private final Map<String, String> functions = new ConcurrentHashMap<>();

  /** Attaches policies to a user or a role, by its ARN, in place of those that it had. */
  public void attach(String identityArn, List<Policy> policies) {
    byIdentity.put(identityArn, List.copyOf(policies));
  }

  /** Says that a session is a function's: AWS adds the function's ARN to what it asks. */
  public void runs(Principal session, String functionArn) {
    functions.put(session.arn(), functionArn);
  }

  Optional<String> functionOf(Principal principal) {
    return Optional.ofNullable(functions.get(principal.arn()));
  }

  List<Policy> of(Principal principal) {
    return byIdentity.getOrDefault(principal.identityArn(), List.of());
  }
}

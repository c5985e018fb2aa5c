package vended.credentials;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.identity.RoleArn;

/**
 * What a caller asks for: well-formed, and not yet permitted.
 *
 * @param role the client role
 * @param durationSeconds 900–3600; none for what the grant allows
 * @param policy an inline session policy, as JSON, that narrows
 * @param policyArns managed session policies that narrow, at most ten
 * @param context what the caller says of itself, for the audit
 */
public record VendRequest(
    RoleArn role,
    @Nullable Integer durationSeconds,
    @Nullable String policy,
    List<String> policyArns,
    Map<String, String> context) {
  /** Copies the collections. */
  public VendRequest {
    policyArns = List.copyOf(policyArns);
    context = Map.copyOf(context);
  }

  /** Whether it asks for session policies. */
  public boolean setsPolicy() {
    return policy != null || !policyArns.isEmpty();
  }
}

package vended.vending;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.identity.RoleArn;
import vended.sts.AssumeRole;

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

  /**
   * The call of STS for this request.
   *
   * @param vendId the vend, which the session's name and tags carry
   * @param caller who asks
   * @param permitted the decision that permits it
   */
  AssumeRole call(VendId vendId, Caller caller, Decision.Permitted permitted) {
    var grant = permitted.grant();
    return new AssumeRole(
        role,
        AssumeRole.sessionName(caller.arn().name(), vendId),
        durationSeconds == null ? grant.maxDurationSeconds() : durationSeconds,
        permitted.client().externalId(),
        permitted.verified().sourceIdentity() ? caller.uniqueId() : null,
        permitted.verified().sessionTags()
            ? AssumeRole.tags(vendId, caller.arn().value(), grant.tags())
            : Map.of(),
        grant.setsPolicy() ? grant.policy() : policy,
        grant.setsPolicy() ? grant.policyArns() : policyArns);
  }

  /** Whether it asks for session policies. */
  public boolean setsPolicy() {
    return policy != null || !policyArns.isEmpty();
  }
}

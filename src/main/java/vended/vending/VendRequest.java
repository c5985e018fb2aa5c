package vended.vending;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;
import vended.identity.Caller;
import vended.identity.RoleArn;
import vended.sts.AssumeRole;

/**
 * What a caller asks for: well-formed, but not yet permitted.
 *
 * @param role the client role
 * @param durationSeconds 900–3600; null for the maximum of the grant
 * @param policy an inline session policy, as JSON, which only restricts
 * @param policyArns managed session policies, which only restrict; at most ten
 * @param context claimed context: what the caller says about itself, for the audit
 */
public record VendRequest(
    RoleArn role,
    @Nullable Integer durationSeconds,
    @Nullable String policy,
    List<String> policyArns,
    Map<String, String> context) {
  public VendRequest {
    policyArns = List.copyOf(policyArns);
    context = Map.copyOf(context);
  }

  /**
   * The AssumeRole call for this request.
   *
   * @param vendId the vend, which the session's name and tags contain
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

  /** Whether the request asks for session policies. */
  public boolean setsPolicy() {
    return policy != null || !policyArns.isEmpty();
  }
}

package vended.sts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vended.allowlist.SessionTags;
import vended.audit.VendId;
import vended.identity.RoleArn;
import vended.text.Sha256;

/**
 * The arguments of one AssumeRole call.
 *
 * @param role the client role
 * @param sessionName {@code <caller's name>@<vendId>}: the client's CloudTrail shows it
 * @param durationSeconds 900–3600
 * @param externalId the client's; null for the vendor's own account
 * @param sourceIdentity the caller's unique ID; null if the trust policy does not allow it
 * @param tags session tags; empty if the trust policy does not allow them
 * @param policy an inline session policy, as JSON
 * @param policyArns managed session policies
 */
public record AssumeRole(
    RoleArn role,
    String sessionName,
    int durationSeconds,
    @Nullable String externalId,
    @Nullable String sourceIdentity,
    Map<String, String> tags,
    @Nullable String policy,
    List<String> policyArns) {
  public AssumeRole {
    tags = Map.copyOf(tags);
    policyArns = List.copyOf(policyArns);
  }

  /** The caller's name, truncated, and the ID: this joins a client's CloudTrail to the audit. */
  public static String sessionName(String name, VendId vendId) {
    return vendId.sessionName(name);
  }

  /**
   * The grant's tags, and the service's own. A caller whose ARN STS would reject as a value gets no
   * tag: an altered ARN could be another caller's.
   */
  public static Map<String, String> tags(VendId vendId, String caller, Map<String, String> own) {
    Map<String, String> tags = new TreeMap<>(own);
    // IAM names may contain characters that tag values may not: a comma, for example.
    if (SessionTags.isValue(caller)) {
      tags.put("vended:caller", caller);
    }
    tags.put("vended:id", vendId.value());
    return tags;
  }

  /** SHA-256 of the inline policy, in hexadecimal; null without a policy. */
  public @Nullable String policySha256() {
    return policy == null ? null : Sha256.sha256(policy);
  }

  /** Omits the ExternalId, which only the client and the vendor may know. */
  @Override
  public String toString() {
    return "AssumeRole[" + role + ", " + sessionName + ", " + durationSeconds + " s]";
  }
}

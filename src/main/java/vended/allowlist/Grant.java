package vended.allowlist;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * One row of the allow-list: this caller may have this client role.
 *
 * @param caller who
 * @param role which
 * @param callerId the unique ID that the caller must have; none in an unpinned grant, which says so
 * @param maxDurationSeconds 900–3600, and what is given where a request names none
 * @param policy an inline session policy, as JSON
 * @param policyArns managed session policies, at most ten
 * @param tags session tags of the grant's own
 * @param notBefore from when it holds
 * @param expiresAt from when it no longer holds
 * @param disabled whether it is switched off
 * @param description for people
 * @param version counts the changes
 */
public record Grant(
    CallerArn caller,
    RoleArn role,
    @Nullable String callerId,
    int maxDurationSeconds,
    @Nullable String policy,
    List<String> policyArns,
    Map<String, String> tags,
    @Nullable Instant notBefore,
    @Nullable Instant expiresAt,
    boolean disabled,
    @Nullable String description,
    long version) {
  /** The shortest session that STS gives, in seconds. */
  public static final int MIN_SECONDS = 900;

  /** The longest session that STS gives to a role's session (role chaining), in seconds. */
  public static final int MAX_SECONDS = 3600;

  /** How many managed session policies STS takes. */
  public static final int MAX_POLICY_ARNS = 10;

  /**
   * Checks what must hold of every grant.
   *
   * @throws IllegalArgumentException if it does not
   */
  public Grant {
    policyArns = List.copyOf(policyArns);
    tags = Map.copyOf(tags);
    if (maxDurationSeconds < MIN_SECONDS || maxDurationSeconds > MAX_SECONDS) {
      throw new IllegalArgumentException("maxDurationSeconds must be 900 to 3600");
    }
    if (policyArns.size() > MAX_POLICY_ARNS) {
      throw new IllegalArgumentException("policyArns must be ten at most");
    }
    SessionTags.check(tags);
    if (policy != null && policy.isBlank()) {
      throw new IllegalArgumentException("policy must not be empty");
    }
  }

  /** The same grant as another version. */
  public Grant withVersion(long other) {
    return new Grant(
        caller,
        role,
        callerId,
        maxDurationSeconds,
        policy,
        policyArns,
        tags,
        notBefore,
        expiresAt,
        disabled,
        description,
        other);
  }

  /** Whether it sets session policies of its own, to which a request may not add. */
  public boolean setsPolicy() {
    return policy != null || !policyArns.isEmpty();
  }
}

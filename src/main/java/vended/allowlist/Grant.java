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
 * @param callerId the unique ID that the caller must have; null in an unpinned grant
 * @param maxDurationSeconds 900–3600; also the duration of a request that names none
 * @param policy an inline session policy, as JSON
 * @param policyArns managed session policies, at most ten
 * @param tags additional session tags
 * @param notBefore when it becomes effective
 * @param expiresAt from when it is no longer effective
 * @param disabled whether it is switched off
 * @param description for people
 * @param version optimistic-lock version; above that of all earlier grants of the slot
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
  /** The shortest session that STS issues, in seconds. */
  public static final int MIN_SECONDS = 900;

  /** The longest session that STS issues to a role's session (role chaining), in seconds. */
  public static final int MAX_SECONDS = 3600;

  /** How many managed session policies STS accepts. */
  public static final int MAX_POLICY_ARNS = 10;

  /**
   * Checks the invariants of every grant.
   *
   * @throws IllegalArgumentException if one is violated
   */
  public Grant {
    policyArns = List.copyOf(policyArns);
    tags = Map.copyOf(tags);
    if (maxDurationSeconds < MIN_SECONDS || maxDurationSeconds > MAX_SECONDS) {
      throw new IllegalArgumentException("maxDurationSeconds must be 900 to 3600");
    }
    if (policyArns.size() > MAX_POLICY_ARNS) {
      throw new IllegalArgumentException("policyArns must be at most ten");
    }
    SessionTags.check(tags);
    if (policy != null && policy.isBlank()) {
      throw new IllegalArgumentException("policy must not be empty");
    }
  }

  /** The same grant with another version. */
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

  /** Whether it sets session policies; then a request may not add its own. */
  public boolean setsPolicy() {
    return policy != null || !policyArns.isEmpty();
  }
}

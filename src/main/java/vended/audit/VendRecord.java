package vended.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row about a vend: its intent, or its outcome. It names people, roles and keys.
 *
 * @param trace the vend, and who asked
 * @param at when, truncated to the millisecond
 * @param subject what was asked for
 * @param result how it ended; null in an intent
 */
public record VendRecord(Trace trace, Instant at, Subject subject, @Nullable Result result)
    implements AuditRecord {

  public VendRecord {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Kind kind() {
    return result == null ? Kind.INTENT : Kind.OUTCOME;
  }

  /**
   * What was asked for, and what STS is asked for.
   *
   * @param roleArn the client role; null if the identity was refused before the body was read
   * @param clientAccount the client's account
   * @param clientName the client's name, once its row was read
   * @param durationSeconds the lifetime of the credentials, once it is decided
   * @param sessionName the RoleSessionName
   * @param sourceIdentity the SourceIdentity, if the trust policy allows one
   * @param policySha256 SHA-256, in hexadecimal, of the inline session policy
   * @param grantVersion the version of the grant that permits the vend
   * @param claimed what the caller says about itself; never trusted
   */
  public record Subject(
      @Nullable String roleArn,
      @Nullable String clientAccount,
      @Nullable String clientName,
      @Nullable Integer durationSeconds,
      @Nullable String sessionName,
      @Nullable String sourceIdentity,
      @Nullable String policySha256,
      @Nullable Long grantVersion,
      Map<String, String> claimed) {
    /** Nothing is known. */
    public static final Subject NONE =
        new Subject(null, null, null, null, null, null, null, null, Map.of());

    public Subject {
      claimed = Map.copyOf(claimed);
    }
  }

  /**
   * How it ended.
   *
   * @param outcome granted, denied or failed
   * @param reason why it was not granted; null if granted
   * @param issued what STS issued, if it did
   * @param stsRequestId the ID that STS gave the call
   */
  public record Result(
      Outcome outcome,
      @Nullable Reason reason,
      @Nullable Issued issued,
      @Nullable String stsRequestId) {
    /** Requires a reason unless the vend was granted. */
    public Result {
      if ((outcome == Outcome.GRANTED) != (reason == null)) {
        throw new IllegalArgumentException("a grant has no reason, and nothing else goes without");
      }
    }
  }

  /**
   * What the audit may know about issued credentials.
   *
   * @param accessKeyId the access key, which the client's CloudTrail shows
   * @param assumedRoleId the client role's unique ID and the session's name
   * @param expiration when they expire
   * @param packedPolicySize how much of STS's limit for policies and tags is used, in percent
   */
  public record Issued(
      @Nullable String accessKeyId,
      @Nullable String assumedRoleId,
      @Nullable Instant expiration,
      @Nullable Integer packedPolicySize) {}
}

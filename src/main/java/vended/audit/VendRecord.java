package vended.audit;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A vend's row of the audit table. It names people, roles and keys, and holds no secret.
 *
 * @param vendId the vend that it belongs to
 * @param kind which of the vend's rows this is; a vend has at most one of each
 * @param at when, to the millisecond
 * @param requester who asked
 * @param subject what for
 * @param result how it ended; none in an intent
 */
public record VendRecord(
    VendId vendId,
    Kind kind,
    Instant at,
    Requester requester,
    Subject subject,
    @Nullable Result result)
    implements AuditRecord {

  /** Checks that just an intent has no result, and that this is the record of a vend. */
  public VendRecord {
    if (kind == Kind.PROBE) {
      throw new IllegalArgumentException("a probe has a record of its own form");
    }
    if ((kind == Kind.INTENT) != (result == null)) {
      throw new IllegalArgumentException("an intent has no result, and nothing else goes without");
    }
  }

  /** Which of the rows of a vend or a probe a record is. */
  public enum Kind {
    /** Written before STS is called. */
    INTENT,
    /** Written before the answer leaves. */
    OUTCOME,
    /** What a probe found, written before the answer leaves. */
    PROBE;

    /** The word as it stands in the row's sort key. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Who asked, as API Gateway verified it, and the request's marks.
   *
   * @param caller the canonical ARN; for an identity that is refused, what API Gateway named
   * @param callerId the unique ID of the user or role
   * @param callerSession the session's name
   * @param callerAccount the caller's account
   * @param callerAccessKeyId the access key that the request was signed with
   * @param sourceIp where the request came from
   * @param userAgent what the client calls itself, shortened
   * @param apiRequestId API Gateway's extended request ID, which a client can't choose
   */
  public record Requester(
      @Nullable String caller,
      @Nullable String callerId,
      @Nullable String callerSession,
      @Nullable String callerAccount,
      @Nullable String callerAccessKeyId,
      @Nullable String sourceIp,
      @Nullable String userAgent,
      @Nullable String apiRequestId) {}

  /**
   * What was asked for, and what STS is asked for.
   *
   * @param roleArn the client role; none where the identity was refused before the body was read
   * @param clientAccount the client's account
   * @param clientName the client's name, once its row was read
   * @param durationSeconds how long the credentials are to live, once that is settled
   * @param sessionName the RoleSessionName
   * @param sourceIdentity the SourceIdentity, where the client role takes one
   * @param policySha256 SHA-256, in hexadecimal, of the inline session policy
   * @param grantVersion the version of the grant that was decided by
   * @param claimed what the caller says of itself; never trusted
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
    /** A subject of which nothing is known. */
    public static final Subject NONE =
        new Subject(null, null, null, null, null, null, null, null, Map.of());

    /** Copies the claims. */
    public Subject {
      claimed = Map.copyOf(claimed);
    }
  }

  /**
   * How it ended.
   *
   * @param outcome granted, denied or failed
   * @param reason why not granted; none if granted
   * @param issued what STS issued, if it did
   * @param stsRequestId STS's own ID of the call
   */
  public record Result(
      Outcome outcome,
      @Nullable Reason reason,
      @Nullable Issued issued,
      @Nullable String stsRequestId) {
    /** Checks that just a grant has no reason. */
    public Result {
      if ((outcome == Outcome.GRANTED) != (reason == null)) {
        throw new IllegalArgumentException("a grant has no reason, and nothing else goes without");
      }
    }
  }

  /**
   * What may be known of issued credentials.
   *
   * @param accessKeyId the access key, which the client's CloudTrail shows
   * @param assumedRoleId the client role's unique ID and the session's name
   * @param expiration when they end
   * @param packedPolicySize how full STS's room for policies and tags is, in percent
   */
  public record Issued(
      @Nullable String accessKeyId,
      @Nullable String assumedRoleId,
      @Nullable Instant expiration,
      @Nullable Integer packedPolicySize) {}
}

package vended.access.why;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.audit.Reason;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.text.Coded;

/**
 * What the records of one ID say, as far as both administrators and auditors may know it: no
 * address, access key, user agent, session, or claimed context.
 *
 * @param vendId the ID
 * @param kind what was asked for
 * @param state how it ended
 * @param at when it ended, or began if it did not end; null if the record has no valid time
 * @param reason the reason's code: of a {@link Reason}, of a change, or of another version
 * @param caller who asked, an ARN in printable ASCII; it may be no user or role
 * @param callerId its unique ID
 * @param roleArn the client role
 * @param clientName its client's name then, without hidden characters
 * @param durationSeconds what was asked for; of a vend that reached STS, what STS was asked for
 * @param action of a change: what was to be changed, such as {@code grants/put}
 * @param target of a change: the account or caller, in printable ASCII
 * @param readable false if a part of the records could not be read
 */
public record Recorded(
    String vendId,
    Kind kind,
    State state,
    @Nullable Instant at,
    @Nullable String reason,
    @Nullable String caller,
    @Nullable String callerId,
    @Nullable RoleArn roleArn,
    @Nullable String clientName,
    @Nullable Long durationSeconds,
    @Nullable String action,
    @Nullable String target,
    boolean readable) {

  /** What was asked for. */
  public enum Kind implements Coded {
    /** Credentials. */
    VEND,
    /** A test of a client role's trust policy. */
    PROBE,
    /** A vend, or a probe that was refused or cut off: their records look the same. */
    VEND_OR_PROBE,
    /** A change of the allow-list. */
    CHANGE
  }

  /** How it ended. */
  public enum State implements Coded {
    /** Credentials were issued. */
    GRANTED,
    /** Refused: nothing was done. */
    DENIED,
    /** It did not work out. */
    FAILED,
    /** The change was made. */
    MADE,
    /** The probe found the role safe. */
    PASSED,
    /** The probe did not. */
    NOT_PASSED,
    /** It began a short while ago and has not ended. */
    RUNNING,
    /** It began and never ended. */
    OPEN,
    /** The record does not say it in a word that this version knows. */
    UNREADABLE
  }

  /** The caller, if it is one that can have grants. */
  public Optional<CallerArn> callerArn() {
    return CallerArn.canonical(caller);
  }

  /** Whether the reason is this one. */
  boolean isFor(Reason one) {
    return one.code().equals(reason);
  }
}

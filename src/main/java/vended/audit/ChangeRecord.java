package vended.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row about a change of the allow-list: before it, or its outcome. It holds no ExternalId and no
 * policy, only their digests.
 *
 * @param trace the request, and the administrator
 * @param at when, truncated to the millisecond
 * @param subject what is changed
 * @param result how it ended; null before the change
 */
public record ChangeRecord(Trace trace, Instant at, Subject subject, @Nullable Result result)
    implements AuditRecord {

  /** Truncates the time. */
  public ChangeRecord {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Kind kind() {
    return result == null ? Kind.ADMIN : Kind.ADMIN_OUTCOME;
  }

  /**
   * What is changed.
   *
   * @param action the route without its slash, for example {@code grants/put}; {@code
   *     schedule/settle} where no person asked
   * @param target the client's account, the grant's caller, or {@code vending}; none if unknown
   * @param roleArn the client role, if it is about one
   * @param clientAccount the client's account, if it is about one
   * @param clientName its name, once its row was read
   * @param before the row as it was, as JSON; none where there was none
   * @param after the row as it is to be, as JSON; none where there is to be none
   */
  public record Subject(
      String action,
      @Nullable String target,
      @Nullable String roleArn,
      @Nullable String clientAccount,
      @Nullable String clientName,
      @Nullable String before,
      @Nullable String after) {}

  /**
   * How it ended.
   *
   * @param outcome made, denied (nothing was changed) or failed (it can't be told)
   * @param reason why it was not made: a word of a closed set
   */
  public record Result(AdminOutcome outcome, @Nullable String reason) {
    /** Checks that just what was made has no reason. */
    public Result {
      if ((outcome == AdminOutcome.MADE) != (reason == null)) {
        throw new IllegalArgumentException("only a change that was made has no reason");
      }
    }
  }

  /** How a change ended. */
  public enum AdminOutcome {
    /** The row is as it was to be. */
    MADE,
    /** Nothing was changed. */
    DENIED,
    /** The table did not answer: it may have been changed, or not. */
    FAILED;

    /** The word as it stands in records. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

package vended.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import vended.text.Coded;

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
   *     schedule/settle}, {@code schedule/activate} or {@code schedule/ready} for a change by the
   *     schedule
   * @param target the client's account, the grant's caller, or {@code vending}; null if unknown
   * @param roleArn the client role, if the change is about one
   * @param clientAccount the client's account, if the change is about one
   * @param clientName its name, once its row was read
   * @param before the old row, as JSON; null if there was none
   * @param after the new row, as JSON; null if it is to be removed
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
   * @param outcome how it ended
   * @param reason why it was not made, one of a closed set; null if it was made
   */
  public record Result(ChangeOutcome outcome, @Nullable String reason) {
    /** Requires a reason unless the change was made. */
    public Result {
      if ((outcome == ChangeOutcome.MADE) != (reason == null)) {
        throw new IllegalArgumentException("only a change that was made has no reason");
      }
    }
  }

  /** How a change ended. */
  public enum ChangeOutcome implements Coded {
    /** The new row is stored. */
    MADE,
    /** Nothing was changed. */
    DENIED,
    /** The table did not respond: the change may or may not be stored. */
    FAILED
  }
}

package vended.report.period;

import org.jspecify.annotations.Nullable;

/**
 * A change of the allow-list that was made, for the timeline.
 *
 * @param at when, as recorded
 * @param kind what it means for vends
 * @param action the recorded action, such as {@code grants/put}
 * @param target the recorded target: a client's account, a grant's caller, or {@code vending}
 * @param clientName the client's name, if recorded
 * @param by the ARN of who made it
 * @param vendId the record's ID
 */
public record Marker(
    String at,
    Kind kind,
    String action,
    String target,
    @Nullable String clientName,
    String by,
    String vendId) {
  /** What a change means for vends. */
  public enum Kind {
    /** All vending was stopped. */
    STOP,
    /** All vending was resumed. */
    RESUME,
    /** A client was suspended. */
    SUSPEND,
    /** A client's suspension was lifted. */
    UNSUSPEND,
    /** The schedule found a role that is no longer safe. */
    DRIFT,
    /** Any other change. */
    CHANGE
  }
}

package vended.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.Stored;

/**
 * The current allow-list, and what to check in it.
 *
 * @param vending the switch of all vending
 * @param clients how many clients there are
 * @param grants how many grants there are
 * @param whole whether the whole list was read
 * @param suspended clients whose vends are all refused
 * @param drifted client roles that the last probe found to be no longer safe
 * @param corrupt the corrupt rows, and what is wrong with each
 * @param disabled how many grants are switched off
 * @param unpinned grants that also admit a new caller of the same name
 * @param expired grants that have ended and were not removed yet
 * @param expiring grants that end within 14 days
 * @param unused grants that nobody has used for 90 days
 */
public record GrantFigures(
    Switch vending,
    Figure clients,
    Figure grants,
    boolean whole,
    Shortened<Suspended> suspended,
    Shortened<Drifted> drifted,
    Shortened<String> corrupt,
    Figure disabled,
    Shortened<Stored<Grant>> unpinned,
    Shortened<Stored<Grant>> expired,
    Shortened<Stored<Grant>> expiring,
    Unused unused) {
  /** How long before its end a grant is listed as expiring. */
  public static final Duration SOON = Duration.ofDays(14);

  /** Whether the service vends. */
  public enum SwitchState {
    /** It does. */
    RUNNING,
    /** Every vend is refused. */
    STOPPED,
    /** The switch is corrupt, so every vend is refused. */
    UNREADABLE
  }

  /**
   * The switch of all vending.
   *
   * @param at when it was last changed, as stored; null if it never was, or is corrupt
   * @param by who changed it
   */
  public record Switch(SwitchState state, @Nullable String at, @Nullable String by) {}

  /** A suspended client. */
  public record Suspended(String account, String name) {}

  /**
   * A client role that is no longer safe.
   *
   * @param client the client's name
   * @param probeId the probe that found it
   */
  public record Drifted(String roleArn, String client, String probeId) {}
}

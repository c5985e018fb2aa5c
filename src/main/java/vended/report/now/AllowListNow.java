package vended.report.now;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.Stored;

/**
 * The whole allow-list as it was when the report was made, and what to check in it.
 *
 * @param vending the switch of all vending
 * @param clients how many clients there are
 * @param grants how many grants there are
 * @param disabled how many grants are disabled
 * @param suspended clients whose vends are all refused
 * @param drifted client roles that the last probe found to be no longer safe
 * @param corrupt the corrupt rows, and what is wrong with each
 * @param unpinned grants that also admit a new caller of the same name
 * @param expired grants that have ended and were not removed yet
 * @param expiring grants that end within 14 days
 * @param unused grants in force that nobody has used for 90 days
 * @param young grants in force that were not used for 90 days, but were made less than 90 days ago
 * @param names the names of clients by their accounts, for the accounts in these lists and in the
 *     refusals of the period
 */
public record AllowListNow(
    Switch vending,
    int clients,
    int grants,
    int disabled,
    Listing<Suspended> suspended,
    Listing<Drifted> drifted,
    Listing<String> corrupt,
    Listing<Stored<Grant>> unpinned,
    Listing<Stored<Grant>> expired,
    Listing<Stored<Grant>> expiring,
    Listing<Unused> unused,
    int young,
    Map<String, String> names) {
  public AllowListNow {
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
  }

  /** How long before its end a grant is listed as expiring. */
  public static final Duration SOON = Duration.ofDays(14);

  /** How long a grant can be idle before it is listed as unused. */
  public static final Duration IDLE = Duration.ofDays(90);

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

  /**
   * A suspended client.
   *
   * @param byClient whether it has suspended itself, which only it can end
   */
  public record Suspended(String account, String name, boolean byClient) {}

  /**
   * A client role that is no longer safe.
   *
   * @param client the client's name
   * @param probeId the probe that found it
   */
  public record Drifted(String roleArn, String client, String probeId) {}

  /**
   * A grant that nobody uses.
   *
   * @param lastUsed the time of its last granted vend, as recorded; null if there is none on record
   */
  public record Unused(Stored<Grant> grant, @Nullable String lastUsed) {}
}

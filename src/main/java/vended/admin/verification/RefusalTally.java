package vended.admin.verification;

import java.util.Collection;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;

/**
 * How many clients' roles refuse the vendor. Each client counts once, however many roles it has, so
 * that no client can outweigh the others.
 *
 * @param clients clients whose newest probes gave a clear answer
 * @param refusing those of them with a role that refuses, and none that is open
 */
public record RefusalTally(int clients, int refusing) {
  /** Nothing counted so far. */
  static final RefusalTally NONE = new RefusalTally(0, 0);

  /**
   * With fewer clients that refuse, each of them may well have its own reason, and verifying two
   * again by hand costs little. So neither one client nor two can hold back the marking.
   */
  static final int MIN_REFUSING = 3;

  /**
   * The share of clients, in percent. Clients change their trust policies independently of each
   * other, so a few drift in one run; a service control policy, the vendor role's policies or the
   * Region's STS fail for nearly all at once.
   */
  static final int MIN_PERCENT = 50;

  /** With one more client. */
  RefusalTally plus(Collection<ProbeRecord> newest) {
    boolean refuses = newest.stream().anyMatch(probe -> probe.result().onlyRefused());
    boolean open = newest.stream().anyMatch(probe -> probe.result().open());
    boolean clear = refuses || open || newest.stream().anyMatch(RefusalTally::works);
    return new RefusalTally(clients + (clear ? 1 : 0), refusing + (refuses && !open ? 1 : 0));
  }

  private static boolean works(ProbeRecord probe) {
    return probe.result().withExternalId() == Answer.WORKS;
  }

  /** Whether the cause must be on the vendor's side, so that the refusals say nothing of roles. */
  boolean isVendorSide() {
    return refusing >= MIN_REFUSING && 100L * refusing >= (long) MIN_PERCENT * clients;
  }
}

package vended.probe;

import java.util.List;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.identity.RoleArn;

/** What came of a request for a probe. */
public sealed interface ProbeResult {
  /**
   * The role was probed, and the record of it stands.
   *
   * @param role the client role
   * @param result what was found
   * @param findings the same in words, with what to change
   */
  record Probed(RoleArn role, ProbeRecord.Result result, List<String> findings)
      implements ProbeResult {
    /** Copies the findings. */
    public Probed {
      findings = List.copyOf(findings);
    }
  }

  /**
   * The role is none that may be probed. Administrators may know why.
   *
   * @param reason why
   */
  record Refused(Reason reason) implements ProbeResult {}

  /** Allow-list or audit were not there: it may go better in a while. */
  record Unavailable() implements ProbeResult {}
}

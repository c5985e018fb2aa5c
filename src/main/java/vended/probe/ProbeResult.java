package vended.probe;

import java.util.List;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.identity.RoleArn;

/** The result of a request for a probe. */
public sealed interface ProbeResult {
  /**
   * The role was probed, and the result is stored.
   *
   * @param role the client role
   * @param result what was found
   * @param findings the same in words, with what to change
   */
  record Probed(RoleArn role, ProbeRecord.Result result, List<String> findings)
      implements ProbeResult {
    public Probed {
      findings = List.copyOf(findings);
    }
  }

  /**
   * The role may not be probed. Administrators may be told why.
   *
   * @param reason why
   */
  record Refused(Reason reason) implements ProbeResult {}

  /** The allow-list or the audit is unavailable. A retry may succeed. */
  record Unavailable() implements ProbeResult {}
}

package vended.probe;

import java.util.List;
import org.jspecify.annotations.Nullable;
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
   * @param other what was found with the other ExternalId of a rotation; null without one
   * @param findings the same in words, with what to change
   */
  record Probed(
      RoleArn role,
      ProbeRecord.Result result,
      ProbeRecord.@Nullable Other other,
      List<String> findings)
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

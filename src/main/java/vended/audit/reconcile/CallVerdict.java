package vended.audit.reconcile;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.audit.reconcile.Finding.FindingKind;
import vended.audit.reconcile.RecordedVend.StsState;

/** Whether the vend that a call names explains this call. */
final class CallVerdict {
  private CallVerdict() {}

  /**
   * Judges a call.
   *
   * @param call with the name of its session
   * @param vend the vend whose ID the session's name has; null if there is none
   * @param siblings all calls that this vend can have made, in order of time
   * @return null if the vend explains the call
   */
  static @Nullable Finding of(
      AssumeRoleCall call, @Nullable RecordedVend vend, List<AssumeRoleCall> siblings) {
    if (vend == null || !explains(vend, call)) {
      return unexplained(call, vend);
    }
    return call.isIssued() ? issued(call, vend, siblings) : refused(call, vend, siblings);
  }

  /** Whether a vend can have made a call, as far as its rows tell. */
  static boolean explains(RecordedVend vend, AssumeRoleCall call) {
    return vend.state() != StsState.NOT_ASKED && vend.names(call) && vend.isNear(call.time());
  }

  private static Finding unexplained(AssumeRoleCall call, @Nullable RecordedVend vend) {
    String did = call.isIssued() ? "STS issued credentials" : "STS was called";
    if (vend == null) {
      return Finding.of(
          FindingKind.EVENT_WITHOUT_RECORD,
          did + ", and the audit has no record of this session.",
          call);
    }
    if (vend.state() == StsState.NOT_ASKED) {
      return Finding.of(
          FindingKind.EVENT_WITHOUT_RECORD,
          did + " under the ID of a request for which the service did not call STS.",
          call);
    }
    if (!vend.names(call)) {
      return Finding.of(
          FindingKind.SESSION_NAME_CHANGED,
          did + " under the ID of a vend whose record has another session name or role.",
          call);
    }
    return Finding.of(
        FindingKind.EVENT_FAR_FROM_RECORD,
        did + " minutes before or after the records of this vend.",
        call);
  }

  private static @Nullable Finding issued(
      AssumeRoleCall call, RecordedVend vend, List<AssumeRoleCall> siblings) {
    List<AssumeRoleCall> issued = siblings.stream().filter(AssumeRoleCall::isIssued).toList();
    String recorded = vend.text("accessKeyId");
    if (Objects.equals(recorded, call.accessKeyId())) {
      return null;
    }
    boolean isDuplicate =
        recorded == null
            ? issued.indexOf(call) >= vend.mostIssued()
            : issued.stream().anyMatch(other -> recorded.equals(other.accessKeyId()));
    if (isDuplicate || (vend.state() == StsState.PROBE && isForeign(call, vend, issued))) {
      return Finding.of(
          FindingKind.DUPLICATE_EVENT,
          "STS issued credentials under this vendId besides those that its record explains.",
          call);
    }
    if (recorded != null || vend.state() == StsState.FAILED) {
      return Finding.of(
          FindingKind.ACCESS_KEY_CHANGED,
          recorded == null
              ? "STS issued credentials, but the vend's record says that none arrived."
              : "STS issued a different access key than the vend's record has.",
          call);
    }
    return null;
  }

  /** A probe's calls share one policy: if CloudTrail shows the policy of one, it shows all. */
  private static boolean isForeign(
      AssumeRoleCall call, RecordedVend probe, List<AssumeRoleCall> issued) {
    boolean shown = issued.stream().anyMatch(other -> other.policySha256() != null);
    return !probe.agreesWith(call) || (shown && call.policySha256() == null);
  }

  /** A vend ends after one refusal; a probe can be refused at each call. */
  private static @Nullable Finding refused(
      AssumeRoleCall call, RecordedVend vend, List<AssumeRoleCall> siblings) {
    List<AssumeRoleCall> refused = siblings.stream().filter(AssumeRoleCall::isRefused).toList();
    boolean isExplained =
        !call.isRefused()
            || vend.state() == StsState.PROBE
            || (vend.text("accessKeyId") == null && refused.indexOf(call) == 0);
    return isExplained
        ? null
        : Finding.of(
            FindingKind.DUPLICATE_EVENT,
            "STS refused a call under this vendId besides the one that its record explains.",
            call);
  }
}

package vended.audit.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;
import vended.audit.reconcile.Finding.FindingKind;
import vended.audit.reconcile.RecordedVend.StsState;

/**
 * Explains calls by vends, and vends by calls. Only what is in the period is judged; what lies
 * around it is there to explain. Whoever can use the vendor role past the service can choose all
 * that a call names: a session name with the ID of a true vend, its role and its time. So a vend
 * explains no more calls than it made, and an access key only if it is the one on record.
 */
final class Matching {
  private final Period period;
  private final Instant now;
  private final Map<String, RecordedVend> vends;

  /** The calls, each of them once, in order of time. */
  private final List<AssumeRoleCall> calls;

  /** The calls that a vend may have made: under its name, for its role, at its time. */
  private final Map<String, List<AssumeRoleCall>> byVend = new HashMap<>();

  /**
   * What is to be matched.
   *
   * @param period what is judged
   * @param now the time: a vend that began only just now is not one that was cut off
   * @param events the calls, some of them perhaps from the trails of two accounts
   * @param vends by their IDs: all that the calls name, and all that are around the period
   */
  Matching(
      Period period, Instant now, List<AssumeRoleCall> events, Map<String, RecordedVend> vends) {
    this.period = period;
    this.now = now;
    this.vends = vends;
    Map<AssumeRoleCall.Identity, AssumeRoleCall> distinct = new LinkedHashMap<>();
    events.stream()
        .sorted(
            Comparator.comparing(AssumeRoleCall::time)
                .thenComparing(
                    AssumeRoleCall::eventId, Comparator.nullsLast(Comparator.naturalOrder())))
        .forEach(call -> distinct.putIfAbsent(call.identity(), call));
    this.calls = List.copyOf(distinct.values());
    for (AssumeRoleCall call : calls) {
      String vendId = call.vendId();
      RecordedVend vend = vendId == null ? null : vends.get(vendId);
      if (vendId != null && vend != null && vend.names(call) && vend.isNear(call.time())) {
        byVend.computeIfAbsent(vendId, id -> new ArrayList<>()).add(call);
      }
    }
  }

  /** The calls of the period; an event that is in two trails is one of them once. */
  List<AssumeRoleCall> judgedCalls() {
    return calls.stream().filter(call -> isJudged(call.time())).toList();
  }

  boolean isJudged(Instant time) {
    return !time.isBefore(period.since()) && time.isBefore(period.until());
  }

  /** What is wrong with a call; none if a vend explains it. */
  @Nullable Finding of(AssumeRoleCall call) {
    if (call.sessionName() == null) {
      return ofNameless(call);
    }
    String vendId = call.vendId();
    RecordedVend vend = vendId == null ? null : vends.get(vendId);
    String did = call.isIssued() ? "STS issued credentials" : "STS was asked";
    if (vendId == null || vend == null) {
      return Finding.of(
          FindingKind.EVENT_WITHOUT_RECORD,
          did + ", and the audit has no record of this session.",
          call);
    }
    if (vend.state() == StsState.NOT_ASKED) {
      return Finding.of(
          FindingKind.EVENT_WITHOUT_RECORD,
          did + " under the ID of a request for which the service did not ask STS.",
          call);
    }
    if (!vend.names(call)) {
      return Finding.of(
          FindingKind.SESSION_NAME_CHANGED,
          did + " under the ID of a vend whose record has another session name or role.",
          call);
    }
    if (!vend.isNear(call.time())) {
      return Finding.of(
          FindingKind.EVENT_FAR_FROM_RECORD,
          did + " minutes away from the records of the vend of this name.",
          call);
    }
    List<AssumeRoleCall> siblings = byVend.getOrDefault(vendId, List.of());
    return call.isIssued() ? ofIssued(call, vend, siblings) : ofRefused(call, vend, siblings);
  }

  private static @Nullable Finding ofIssued(
      AssumeRoleCall call, RecordedVend vend, List<AssumeRoleCall> siblings) {
    List<AssumeRoleCall> issued = siblings.stream().filter(AssumeRoleCall::isIssued).toList();
    String recorded = vend.text("accessKeyId");
    if (Objects.equals(recorded, call.accessKeyId())) {
      return null;
    }
    boolean isDoubled =
        recorded == null
            ? issued.indexOf(call) >= vend.mostIssued()
            : issued.stream().anyMatch(other -> recorded.equals(other.accessKeyId()));
    if (isDoubled || (vend.state() == StsState.PROBE && isForeign(call, vend, issued))) {
      return Finding.of(
          FindingKind.DUPLICATE_EVENT,
          "STS issued credentials under this vendId beside those that its record explains.",
          call);
    }
    if (recorded != null || vend.state() == StsState.FAILED) {
      return Finding.of(
          FindingKind.ACCESS_KEY_CHANGED,
          recorded == null
              ? "STS issued credentials, and the vend's record says that none came."
              : "STS issued another access key than the vend's record has.",
          call);
    }
    return null;
  }

  /** A probe's calls are all under one policy; where CloudTrail shows one of them, it shows all. */
  private static boolean isForeign(
      AssumeRoleCall call, RecordedVend probe, List<AssumeRoleCall> issued) {
    boolean shown = issued.stream().anyMatch(other -> other.policySha256() != null);
    return !probe.agrees(call) || (shown && call.policySha256() == null);
  }

  /** A vend is refused once, and then ends; a probe is refused as often as it asks. */
  private static @Nullable Finding ofRefused(
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
            "STS refused a call under this vendId beside the one that its record explains.",
            call);
  }

  /** A refusal of which CloudTrail shows no parameters: some vend nearby must have met one. */
  private @Nullable Finding ofNameless(AssumeRoleCall call) {
    boolean isExplained =
        vends.values().stream()
            .filter(vend -> call.roleArn() == null || call.roleArn().equals(vend.text("roleArn")))
            .filter(vend -> vend.state() != StsState.NOT_ASKED && vend.state() != StsState.GRANTED)
            .anyMatch(vend -> vend.isNear(call.time()));
    return isExplained
        ? null
        : Finding.of(
            FindingKind.EVENT_WITHOUT_RECORD,
            "STS refused a call, and no vend or probe met a refusal at that time.",
            call);
  }

  /** What is wrong with a row; none if a call explains it, or if it needs none. */
  @Nullable Finding of(AuditRow row) {
    List<AssumeRoleCall> siblings = byVend.getOrDefault(row.vendId(), List.of());
    boolean isIssued = siblings.stream().anyMatch(AssumeRoleCall::isIssued);
    if (row.kind().equals(AuditRow.INTENT)) {
      return isCutOff(row) ? cutOff(row, siblings) : null;
    }
    boolean isProbe = row.kind().equals(AuditRow.PROBE);
    if (isIssued || !(isProbe ? RecordedVend.hasWorked(row) : RecordedVend.isGranted(row))) {
      return null;
    }
    return Finding.of(
        FindingKind.RECORD_WITHOUT_EVENT,
        isProbe
            ? "A probe was let in, and CloudTrail has no event of that."
            : "Credentials were handed out, and CloudTrail has no event of their issue.",
        row,
        row.text("accessKeyId"));
  }

  private boolean isCutOff(AuditRow intent) {
    RecordedVend vend = vends.get(intent.vendId());
    return vend != null
        && vend.state() == StsState.OPEN
        && RecordedVend.at(intent).isBefore(now.minus(AskAudit.OPEN_AFTER));
  }

  private static Finding cutOff(AuditRow intent, List<AssumeRoleCall> siblings) {
    AssumeRoleCall issued =
        siblings.stream().filter(AssumeRoleCall::isIssued).findFirst().orElse(null);
    String what =
        issued != null
            ? "A vend was cut off after STS had issued credentials, which the service handed to"
                + " nobody."
            : siblings.isEmpty()
                ? "A vend was cut off, and CloudTrail has no event: STS issued nothing."
                : "A vend was cut off, and STS had issued nothing.";
    return Finding.of(
        FindingKind.INTENT_WITHOUT_OUTCOME,
        what,
        intent,
        issued == null ? null : issued.accessKeyId());
  }
}

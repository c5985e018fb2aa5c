package vended.audit.reconcile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.Outcome;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;
import vended.audit.reconcile.Finding.FindingKind;
import vended.audit.reconcile.RecordedVend.StsState;

/**
 * Matches calls with vends. Judges the vends that began in the period, with their rows and the
 * calls that they can have made, whenever those were, so that each vend is judged whole and once;
 * and by their own time the other calls, and rows far from the beginning of their vend.
 *
 * <p>Whoever can use the vendor role past the service chooses everything that a call names: a
 * session name with the ID of a real vend, its role and its time. So a vend explains no more calls
 * than it made, and an access key only if its record has that key.
 */
final class Matching {
  private final Period period;
  private final Instant now;
  private final Map<String, RecordedVend> vends;

  /** The vends that can have met a refusal. */
  private final List<RecordedVend> refused;

  /** Each call once, in order of time. */
  private final List<AssumeRoleCall> calls;

  /** The calls that a vend can have made: with its session name, role and time. */
  private final Map<String, List<AssumeRoleCall>> byVend = new HashMap<>();

  /**
   * Pairs the calls with the vends that can have made them.
   *
   * @param period the period to judge
   * @param now the time: a vend that has just started was not cut off
   * @param events the calls; one call can be in the trails of two accounts
   * @param vends by ID: all that the calls name, and all in and around the period
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
    this.refused =
        vends.values().stream()
            .filter(vend -> vend.state() != StsState.NOT_ASKED && vend.state() != StsState.GRANTED)
            .toList();
    for (AssumeRoleCall call : calls) {
      String vendId = call.vendId();
      RecordedVend vend = vend(call);
      if (vendId != null && vend != null && vend.names(call) && vend.isNear(call.time())) {
        byVend.computeIfAbsent(vendId, id -> new ArrayList<>()).add(call);
      }
    }
  }

  /** The calls to judge; a call in two trails is one of them once. */
  List<AssumeRoleCall> judgedCalls() {
    return calls.stream()
        .filter(
            call -> {
              RecordedVend vend = vend(call);
              return isInPeriod(
                  vend != null && CallVerdict.explains(vend, call) ? vend.start() : call.time());
            })
        .toList();
  }

  /**
   * The refusals without parameters in the period that no known vend explains. Vends around the
   * period can.
   */
  List<AssumeRoleCall> unexplainedRefusals() {
    return calls.stream()
        .filter(call -> call.sessionName() == null && isInPeriod(call.time()))
        .filter(call -> judgeNameless(call) != null)
        .toList();
  }

  /** Whether to judge a row of a vend. */
  boolean isJudged(AuditRow row) {
    Instant at = RecordedVend.at(row);
    RecordedVend vend = vends.get(row.vendId());
    return isInPeriod(vend != null && RecordedVend.isNear(vend.start(), at) ? vend.start() : at);
  }

  private boolean isInPeriod(Instant time) {
    return !time.isBefore(period.since()) && time.isBefore(period.until());
  }

  private @Nullable RecordedVend vend(AssumeRoleCall call) {
    String vendId = call.vendId();
    return vendId == null ? null : vends.get(vendId);
  }

  /** Judges a call; null if a vend explains it. */
  @Nullable Finding judge(AssumeRoleCall call) {
    if (call.sessionName() == null) {
      return judgeNameless(call);
    }
    String vendId = call.vendId();
    List<AssumeRoleCall> siblings =
        vendId == null ? List.of() : byVend.getOrDefault(vendId, List.of());
    return CallVerdict.of(call, vend(call), siblings);
  }

  /** A refusal without parameters: some vend at that time must have been refused. */
  private @Nullable Finding judgeNameless(AssumeRoleCall call) {
    boolean isExplained =
        refused.stream()
            .filter(vend -> call.roleArn() == null || call.roleArn().equals(vend.text("roleArn")))
            .anyMatch(vend -> vend.isNear(call.time()));
    return isExplained
        ? null
        : Finding.of(
            FindingKind.EVENT_WITHOUT_RECORD,
            "STS refused a call, but no vend or probe was refused at that time.",
            call);
  }

  /** Judges a row; null if a call explains it, or if it needs none. */
  @Nullable Finding judge(AuditRow row) {
    List<AssumeRoleCall> siblings = byVend.getOrDefault(row.vendId(), List.of());
    boolean isIssued = siblings.stream().anyMatch(AssumeRoleCall::isIssued);
    if (row.kind().equals(AuditRow.INTENT)) {
      return isCutOff(row) ? cutOff(row, siblings) : null;
    }
    boolean isProbe = row.kind().equals(AuditRow.PROBE);
    if (isIssued || !(isProbe ? RecordedVend.hasWorked(row) : row.has(Outcome.GRANTED))) {
      return null;
    }
    return Finding.of(
        FindingKind.RECORD_WITHOUT_EVENT,
        isProbe
            ? "A probe was admitted, but CloudTrail has no event of it."
            : "Credentials were handed out, but CloudTrail has no event of their issue.",
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

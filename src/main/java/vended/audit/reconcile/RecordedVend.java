package vended.audit.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;
import vended.audit.Outcome;
import vended.audit.ProbeRecord.Answer;
import vended.audit.query.AuditRow;

/**
 * A vend or a probe, as its rows describe it.
 *
 * @param rows all known rows of one vendId
 */
record RecordedVend(List<AuditRow> rows) {
  /**
   * How far a call may be from the records of its vend. Both are written within 15 s around the
   * call; the rest allows for clocks that differ.
   */
  static final Duration FAR = Duration.ofMinutes(2);

  RecordedVend {
    rows = List.copyOf(rows);
  }

  /** What the rows say about STS. */
  enum StsState {
    /** It was not called: the request was refused before, or changed the allow-list. */
    NOT_ASKED,
    /** It was about to be called; no record says how that ended. */
    OPEN,
    /** It issued credentials, and they were handed out. */
    GRANTED,
    /** It was called, and nothing was handed out. */
    FAILED,
    /** A probe called it several times. */
    PROBE
  }

  StsState state() {
    if (row(AuditRow.PROBE) != null) {
      return StsState.PROBE;
    }
    AuditRow outcome = row(AuditRow.OUTCOME);
    boolean intended = row(AuditRow.INTENT) != null;
    if (outcome == null) {
      return intended ? StsState.OPEN : StsState.NOT_ASKED;
    }
    if (outcome.has(Outcome.GRANTED)) {
      return StsState.GRANTED;
    }
    return intended ? StsState.FAILED : StsState.NOT_ASKED;
  }

  /** Whether a probe's row says that STS issued credentials at least once. */
  static boolean hasWorked(AuditRow probe) {
    return answers(probe).anyMatch(Answer.WORKS.code()::equals);
  }

  /** The most often that STS can have issued credentials for this. */
  int mostIssued() {
    AuditRow probe = row(AuditRow.PROBE);
    if (probe == null) {
      return 1;
    }
    long ways = answers(probe).filter(answer -> !Answer.REFUSED.code().equals(answer)).count();
    // The call with the right ExternalId is repeated with every optional action, and so is that
    // with the other one of a rotation.
    boolean admitted = !Answer.REFUSED.code().equals(probe.text("withExternalId"));
    String other = probe.text("withOtherExternalId");
    boolean otherAdmitted = other != null && !Answer.REFUSED.code().equals(other);
    return (int) ways + (admitted ? 1 : 0) + (otherAdmitted ? 1 : 0);
  }

  private static Stream<@Nullable String> answers(AuditRow probe) {
    Stream<@Nullable String> answers =
        Stream.of("withExternalId", "withoutExternalId", "withWrongExternalId").map(probe::text);
    String other = probe.text("withOtherExternalId");
    return other == null ? answers : Stream.concat(answers, Stream.of(other));
  }

  /** Whether a call requested this vend's role under this vend's session name. */
  boolean names(AssumeRoleCall call) {
    return Objects.equals(text("sessionName"), call.sessionName())
        && Objects.equals(text("roleArn"), call.roleArn());
  }

  boolean isNear(Instant time) {
    return rows.stream().map(RecordedVend::at).allMatch(at -> isNear(at, time));
  }

  static boolean isNear(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(FAR) <= 0;
  }

  /** The time of its first row; 1970 if none has a valid time. */
  Instant start() {
    return rows.stream()
        .map(RecordedVend::at)
        .filter(at -> !at.equals(Instant.EPOCH))
        .min(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  /** The time of a row; 1970 if it is invalid. */
  static Instant at(AuditRow row) {
    return AuditTime.parse(row.at()).orElse(Instant.EPOCH);
  }

  /** A text attribute of the first row that has it. */
  @Nullable String text(String name) {
    return rows.stream()
        .map(row -> row.text(name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * Whether a call has the intent's duration and session policy, as far as CloudTrail shows them.
   */
  boolean agreesWith(AssumeRoleCall call) {
    AuditRow intent = row(AuditRow.INTENT);
    return intent == null
        || ((call.durationSeconds() == null
                || call.durationSeconds().equals(intent.attributes().get("durationSeconds")))
            && (call.policySha256() == null
                || call.policySha256().equals(intent.text("policySha256"))));
  }

  @Nullable AuditRow row(String kind) {
    return rows.stream().filter(row -> row.kind().equals(kind)).findFirst().orElse(null);
  }
}

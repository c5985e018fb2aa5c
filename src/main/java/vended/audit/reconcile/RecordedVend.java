package vended.audit.reconcile;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.audit.Outcome;
import vended.audit.ProbeRecord.Answer;
import vended.audit.query.AuditRow;

/**
 * A vend or a probe, as its rows have it.
 *
 * @param rows all that are known of one vendId
 */
record RecordedVend(List<AuditRow> rows) {
  /**
   * How far a call may be from the records of its vend. The two stand within 15 s around the call;
   * the rest is for clocks that differ.
   */
  static final Duration FAR = Duration.ofMinutes(2);

  /** Copies the rows. */
  RecordedVend {
    rows = List.copyOf(rows);
  }

  /** What the rows say of STS. */
  enum StsState {
    /** It was not asked: refused before, or a change of the allow-list. */
    NOT_ASKED,
    /** It was going to be asked, and nothing tells how that went. */
    OPEN,
    /** It issued credentials, which were handed out. */
    GRANTED,
    /** It was asked, and nothing was handed out. */
    FAILED,
    /** It was asked several times by a probe. */
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
    if (isGranted(outcome)) {
      return StsState.GRANTED;
    }
    return intended ? StsState.FAILED : StsState.NOT_ASKED;
  }

  static boolean isGranted(AuditRow outcome) {
    return Outcome.GRANTED.code().equals(outcome.text("outcome"));
  }

  /** Whether a probe's row says that STS issued credentials at least once. */
  static boolean hasWorked(AuditRow probe) {
    return answers(probe).anyMatch(Answer.WORKS.code()::equals);
  }

  /** How often STS may have issued credentials for this, at the most. */
  int mostIssued() {
    AuditRow probe = row(AuditRow.PROBE);
    if (probe == null) {
      return 1;
    }
    long ways = answers(probe).filter(answer -> !Answer.REFUSED.code().equals(answer)).count();
    // The right way is tried again with all that may be allowed beside.
    boolean entered = !Answer.REFUSED.code().equals(probe.text("withExternalId"));
    return (int) ways + (entered ? 1 : 0);
  }

  private static Stream<@Nullable String> answers(AuditRow probe) {
    return Stream.of("withExternalId", "withoutExternalId", "withWrongExternalId").map(probe::text);
  }

  /** Whether a call asked for this vend's role under this vend's name. */
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

  /** The time of a row; long ago if it has none that can be read. */
  static Instant at(AuditRow row) {
    try {
      return Instant.parse(row.at());
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  /** The attribute of the first row that has it. */
  @Nullable String text(String name) {
    return rows.stream()
        .map(row -> row.text(name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Whether a call is for as long, and under the policy, that the intent says; as far as shown. */
  boolean agrees(AssumeRoleCall call) {
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

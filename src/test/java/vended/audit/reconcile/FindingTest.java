package vended.audit.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.audit.reconcile.Hour.ROLE;
import static vended.audit.reconcile.Hour.SESSION;
import static vended.audit.reconcile.Hour.VEND;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vended.audit.query.AuditRow;
import vended.audit.reconcile.CloudTrailEvent.UnreadableEvent;
import vended.audit.reconcile.Finding.FindingKind;

/** Findings in answers, and rows that nobody should have written. */
class FindingTest {
  private static final Instant TIME = Instant.parse("2026-03-01T10:20:00.123456Z");

  private static Finding finding(String text, Instant time) {
    return new Finding(
        FindingKind.DUPLICATE_EVENT, "What it is.", VEND, text, time, text, text, text);
  }

  @Test
  void anAnswerHasAllMembers_TimesInMilliseconds() {
    Map<String, Object> members = new LinkedHashMap<>(finding("x", TIME).members());

    assertThat(members)
        .containsExactly(
            Map.entry("kind", "duplicate_event"),
            Map.entry("detail", "What it is."),
            Map.entry("vendId", VEND),
            Map.entry("eventId", "x"),
            Map.entry("eventTime", "2026-03-01T10:20:00.123Z"),
            Map.entry("roleArn", "x"),
            Map.entry("sessionName", "x"),
            Map.entry("accessKeyId", "x"));
  }

  /** Whoever calls STS chooses these texts; 5,000 of them must fit into an answer. */
  @Test
  void longTextsAreCut() {
    String longest = "x".repeat(700);
    for (String name : List.of("eventId", "roleArn", "sessionName", "accessKeyId")) {
      assertThat(finding(longest, TIME).members().get(name)).isEqualTo(longest);
      assertThat(finding(longest + "y", TIME).members().get(name)).isEqualTo(longest);
    }
  }

  @Test
  void anUnreadableEventSaysWhatToDo() {
    Finding finding = Finding.of(new UnreadableEvent("the-id", "is strange"));

    assertThat(finding.kind()).isEqualTo(FindingKind.EVENT_UNREADABLE);
    assertThat(finding.detail())
        .isEqualTo("The event is strange. Inspect it, and export it from CloudTrail again.");
    assertThat(finding.eventId()).isEqualTo("the-id");
    assertThat(finding.members()).containsEntry("eventTime", null).containsEntry("roleArn", null);
  }

  @Test
  void aVendBeganWithItsFirstRowThatHasATime() {
    AuditRow strange = new AuditRow(VEND, AuditRow.INTENT, "soon", 0, Map.of());
    AuditRow later =
        new AuditRow(VEND, AuditRow.PROBE, "2026-03-01T10:00:02.000Z", 0, Map.of("roleArn", ROLE));
    AuditRow first =
        new AuditRow(
            VEND, AuditRow.OUTCOME, "2026-03-01T10:00:00.000Z", 0, Map.of("sessionName", SESSION));

    assertThat(new RecordedVend(List.of(strange, later, first)).start())
        .isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
    assertThat(new RecordedVend(List.of(strange)).start()).isEqualTo(Instant.EPOCH);
    assertThat(RecordedVend.at(strange)).isEqualTo(Instant.EPOCH);
    assertThat(new RecordedVend(List.of(strange, later, first)).text("sessionName"))
        .isEqualTo(SESSION);
    assertThat(new RecordedVend(List.of(strange)).text("sessionName")).isNull();
  }
}

package vended.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vended.audit.AuditRecord.Kind;
import vended.audit.ProbeRecord.Answer;
import vended.audit.VendRecord.Issued;
import vended.audit.VendRecord.Result;
import vended.audit.VendRecord.Subject;
import vended.identity.RoleArn;
import vended.text.Sha256;

/** What every audit log does, and every reader of its probes. */
public abstract class AuditLogContract {
  public static final VendId VEND = new VendId("01ARYZ6S41TSV4RRFFQ69G5FAV");
  public static final Requester REQUESTER =
      new Requester(
          "arn:aws:iam::111122223333:role/Deployer",
          "AROAEXAMPLEDEPLOYER1",
          "build-42",
          "111122223333",
          "ASIAEXAMPLEPIPELINE1",
          "192.0.2.10",
          "curl/8.5.0",
          "extended=");
  public static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  public static final Trace TRACE = new Trace(VEND, REQUESTER);
  public static final Subject SUBJECT =
      new Subject(
          "arn:aws:iam::444455556666:role/vended/deploy",
          "444455556666",
          "Example Client",
          3600,
          "Deployer@" + VEND,
          "AROAEXAMPLEDEPLOYER1",
          "00ff",
          7L,
          Map.of("build", "42", "a.b", "c"));

  /** A probe that starts later. */
  private static final VendId LATER = new VendId("01ARYZ6S41TSV4RRFFQ69G5FAW");

  protected abstract AuditLog log();

  /** Reads the probes of that log. */
  protected abstract ProbeRecords probes();

  /** Whether a record of this key stands. */
  protected abstract boolean stands(VendId vendId, Kind kind);

  public static VendRecord intent(String at) {
    return new VendRecord(TRACE, Instant.parse(at), SUBJECT, null);
  }

  public static VendRecord outcome() {
    Issued issued =
        new Issued(
            "ASIAEXAMPLEISSUED001",
            "AROAEXAMPLECLIENT001:Deployer@" + VEND,
            Instant.parse("2026-01-02T04:04:05Z"),
            12);
    return new VendRecord(
        TRACE,
        Instant.parse("2026-01-02T03:04:06.123Z"),
        SUBJECT,
        new Result(Outcome.GRANTED, null, issued, "request-1"));
  }

  public static ProbeRecord probe() {
    return new ProbeRecord(
        TRACE,
        Instant.parse("2026-01-02T03:04:06.123456Z"),
        new ProbeRecord.Target(
            ROLE, "Example Client", Sha256.sha256("0123456789abcdef0123456789abcdef")),
        new ProbeRecord.Result(
            Answer.WORKS, Answer.REFUSED, Answer.UNCLEAR, true, false, false, false));
  }

  private static ProbeIntent start(VendId probeId) {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    return new ProbeIntent(new Trace(probeId, REQUESTER), at, ROLE, SUBJECT);
  }

  @Test
  public void aProbeIsReadAsItWasRecorded() throws Exception {
    log().append(start(VEND));
    assertThat(probes().find(VEND)).isEmpty();

    log().append(probe());

    assertThat(probes().find(VEND)).contains(probe());
    assertThat(probes().find(LATER)).isEmpty();
  }

  @Test
  public void aProbeIsTheNewest_OnceItEnded_UntilAnotherOfItsRoleStarts() throws Exception {
    log().append(start(VEND));
    assertThat(probes().isNewest(VEND, ROLE)).isFalse();

    log().append(probe());
    assertThat(probes().isNewest(VEND, ROLE)).isTrue();

    log().append(start(LATER));
    assertThat(probes().isNewest(VEND, ROLE)).isFalse();
  }

  @Test
  public void aChangeAndItsOutcomeStandSideBySide() throws Exception {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    var subject = new ChangeRecord.Subject("grants/put", null, null, null, null, null, null);
    var made = new ChangeRecord.Result(ChangeRecord.ChangeOutcome.MADE, null);

    log().append(new ChangeRecord(TRACE, at, subject, null));
    log().append(new ChangeRecord(TRACE, at, subject, made));

    assertThat(stands(VEND, Kind.ADMIN)).isTrue();
    assertThat(stands(VEND, Kind.ADMIN_OUTCOME)).isTrue();
  }

  @Test
  public void anIntentAndItsProbeStandSideBySide() throws Exception {
    log().append(start(VEND));
    log().append(probe());

    assertThat(stands(VEND, Kind.INTENT)).isTrue();
    assertThat(stands(VEND, Kind.PROBE)).isTrue();
    assertThatThrownBy(() -> log().append(probe())).isInstanceOf(AuditException.class);
  }

  @Test
  public void anIntentAndItsOutcomeStandSideBySide() throws Exception {
    log().append(intent("2026-01-02T03:04:05Z"));
    log().append(outcome());

    assertThat(stands(VEND, Kind.INTENT)).isTrue();
    assertThat(stands(VEND, Kind.OUTCOME)).isTrue();
  }

  @Test
  public void aSecondRecordOfOneKeyIsRefused() throws Exception {
    log().append(intent("2026-01-02T03:04:05Z"));

    assertThatThrownBy(() -> log().append(intent("2026-01-02T03:04:06Z")))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("taken");
  }

  @Test
  public void alsoTheVerySameRecordIsRefusedTheSecondTime() throws Exception {
    log().append(intent("2026-01-02T03:04:05Z"));

    assertThatThrownBy(() -> log().append(intent("2026-01-02T03:04:05Z")))
        .isInstanceOf(AuditException.class);
  }
}

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
import vended.text.Sha256;

/** What every audit log does. */
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

  protected abstract AuditLog log();

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
        Instant.parse("2026-01-02T03:04:06.123Z"),
        new ProbeRecord.Target(
            "arn:aws:iam::444455556666:role/vended/deploy",
            "444455556666",
            "Example Client",
            Sha256.sha256("0123456789abcdef0123456789abcdef")),
        new ProbeRecord.Result(
            Answer.WORKS, Answer.REFUSED, Answer.UNCLEAR, true, false, false, false));
  }

  @Test
  public void anIntentAndItsProbeStandSideBySide() throws Exception {
    log().append(intent("2026-01-02T03:04:05Z"));
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

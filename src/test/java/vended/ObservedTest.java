package vended;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import vended.allowlist.AllowList;
import vended.allowlist.AllowListException;
import vended.allowlist.InMemoryAllowList;
import vended.allowlist.Row;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Subject;
import vended.identity.RoleArn;
import vended.telemetry.Emf;
import vended.telemetry.EmfTelemetry;

class ObservedTest {
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  private static final VendRecord INTENT =
      new VendRecord(
          new Trace(
              new VendId("01KJMA00000000000000000000"),
              new Requester(null, null, null, null, null, null, null, null)),
          Instant.EPOCH,
          Subject.NONE,
          null);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  /** Each look at it is 30 ms later. */
  private final Clock clock =
      new Clock() {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public Instant instant() {
          now = now.plusMillis(30);
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }
      };

  private final Observed hops =
      new Observed(
          new EmfTelemetry(new PrintStream(written, true, StandardCharsets.UTF_8), clock), clock);

  private List<String> measured() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> Emf.read(line).stream())
        .map(sample -> sample.dimensions() + " " + sample.value())
        .toList();
  }

  @Test
  void aCallThatEndsWellIsMeasured() throws Exception {
    AllowList allowList = new InMemoryAllowList();
    AuditLog auditLog = entry -> {};

    assertThat(hops.allowList(allowList).clientOf(ROLE)).isInstanceOf(Row.Missing.class);
    hops.auditLog(auditLog).append(INTENT);

    assertThat(measured()).containsExactly("{Hop=allow_list} 30.0", "{Hop=audit} 30.0");
  }

  @Test
  void aCallThatFailsIsMeasured_AndFailsAsItDid() {
    AllowListException gone = new AllowListException("gone", null);
    AllowList allowList = new InMemoryAllowList().failing(gone);
    AuditLog auditLog =
        entry -> {
          throw new AuditException("full", null);
        };

    assertThatThrownBy(() -> hops.allowList(allowList).clientOf(ROLE)).isSameAs(gone);
    assertThatThrownBy(() -> hops.auditLog(auditLog).append(INTENT)).hasMessage("full");

    assertThat(measured()).containsExactly("{Hop=allow_list} 30.0", "{Hop=audit} 30.0");
  }
}

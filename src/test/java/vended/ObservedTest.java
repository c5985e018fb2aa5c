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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.InMemoryAllowList;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListPages;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.Outcome;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Subject;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.telemetry.Emf;
import vended.telemetry.MetricLines;
import vended.telemetry.Telemetry;

class ObservedTest {
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  private static final CallerArn CALLER = new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  private static final Trace TRACE =
      new Trace(
          new VendId("01KJMA00000000000000000000"),
          new Requester(null, null, null, null, null, null, null, null));
  private static final VendRecord INTENT = new VendRecord(TRACE, Instant.EPOCH, Subject.NONE, null);
  private static final VendRecord REFUSAL =
      new VendRecord(
          TRACE,
          Instant.EPOCH,
          Subject.NONE,
          new VendRecord.Result(Outcome.DENIED, Reason.NO_GRANT, null, null));

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

  private final Observed observed =
      new Observed(
          new Telemetry(
              new MetricLines(
                  new PrintStream(written, true, StandardCharsets.UTF_8), clock, "vended")),
          clock);

  /** Each metric that was emitted: its name, its dimensions but for the stack, and its value. */
  private List<String> metrics() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> Emf.read(line).stream())
        .map(sample -> sample.metric() + " " + ownDimensions(sample) + " " + sample.value())
        .toList();
  }

  private static Map<String, String> ownDimensions(Emf.Sample sample) {
    Map<String, String> dimensions = new HashMap<>(sample.dimensions());
    assertThat(dimensions.remove("Stack")).isEqualTo("vended");
    return dimensions;
  }

  @Test
  void aCallThatSucceedsIsMeasured() throws Exception {
    AllowList allowList = new InMemoryAllowList();

    assertThat(observed.allowList(allowList).clientOf(ROLE)).isEqualTo(AllowList.Owner.NOBODY);
    observed.auditLog(stored -> {}).append(INTENT);

    assertThat(metrics())
        .containsExactly("Latency {Hop=allow_list} 30.0", "Latency {Hop=audit} 30.0");
  }

  @Test
  void aCallThatFailsIsMeasured_AndFailsTheSameWay() {
    AllowListException gone = new AllowListException("gone", null);
    AllowList allowList = new InMemoryAllowList().failing(gone);

    assertThatThrownBy(() -> observed.allowList(allowList).clientOf(ROLE)).isSameAs(gone);

    assertThat(metrics()).containsExactly("Latency {Hop=allow_list} 30.0");
  }

  @Test
  void anOutcomeIsCounted_OnceItIsStored() throws Exception {
    observed.auditLog(stored -> {}).append(REFUSAL);

    assertThat(metrics())
        .containsExactlyInAnyOrder(
            "Latency {Hop=audit} 30.0", "Denied {} 1", "Denied {Reason=no_grant} 1");
  }

  @Test
  void aRecordThatCanNotBeStoredIsCounted_AndNotItsOutcome() {
    AuditException full = new AuditException("full", null);
    AuditLog auditLog =
        stored -> {
          throw full;
        };

    assertThatThrownBy(() -> observed.auditLog(auditLog).append(REFUSAL)).isSameAs(full);

    assertThat(metrics()).containsExactly("Latency {Hop=audit} 30.0", "AuditFailed {} 1");
  }

  @Test
  void everyCorruptRowThatIsReadIsCounted() throws Exception {
    AllowList allowList = new InMemoryAllowList().withCorruptClient(ROLE.account(), "no name");

    observed.allowList(allowList).find(CALLER, ROLE);
    observed.allowList(allowList).clientOf(ROLE);

    assertThat(metrics())
        .containsExactly(
            "Latency {Hop=allow_list} 30.0",
            "CorruptRow {} 1",
            "Latency {Hop=allow_list} 30.0",
            "CorruptRow {} 1");
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("no name");
  }

  @Test
  void everyCorruptRowOfAPageIsCounted() throws Exception {
    AllowListPages.Page<Client, String> page =
        new AllowListPages.Page<>(List.of(), List.of("no name", "no account"), null);

    assertThat(observed.clientPages((after, limit) -> page).clients(null, 100)).isEqualTo(page);

    assertThat(metrics()).containsExactly("CorruptRow {} 1", "CorruptRow {} 1");
  }
}

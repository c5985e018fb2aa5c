package vended.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.audit.AuditException;
import vended.audit.Outcome;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Subject;
import vended.audit.reconcile.Finding;
import vended.audit.reconcile.Finding.FindingKind;
import vended.identity.RoleArn;
import vended.telemetry.Emf.Sample;

class TelemetryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final VendId ID = new VendId("01KJMA00000000000000000000");
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";

  /** Everything that a caller can choose. */
  private static final String CHOSEN = "chosen-by-a-caller";

  private static final Trace TRACE =
      new Trace(ID, new Requester(CHOSEN, CHOSEN, CHOSEN, CHOSEN, CHOSEN, CHOSEN, CHOSEN, CHOSEN));
  private static final Subject SUBJECT =
      new Subject(ROLE, "444455556666", CHOSEN, 3600, CHOSEN, CHOSEN, CHOSEN, 1L, Map.of());

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final MetricLines metrics =
      new MetricLines(
          new PrintStream(written, true, StandardCharsets.UTF_8),
          Clock.fixed(NOW, ZoneOffset.UTC),
          "staging");
  private final Telemetry telemetry = new Telemetry(metrics);
  private final ScheduleTelemetry schedule = new ScheduleTelemetry(metrics);

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** What CloudWatch makes of all lines. */
  private Set<Sample> samples() {
    Set<Sample> samples = new HashSet<>();
    lines().forEach(line -> samples.addAll(Emf.read(line)));
    return samples;
  }

  private void everything() {
    for (Outcome outcome : Outcome.values()) {
      for (Reason reason : Reason.values()) {
        telemetry.recorded(outcome(outcome, outcome == Outcome.GRANTED ? null : reason));
      }
    }
    telemetry.recorded(new VendRecord(TRACE, NOW, SUBJECT, null));
    telemetry.recorded(probe(ProbeRecord.Answer.REFUSED));
    telemetry.recorded(probe(ProbeRecord.Answer.WORKS));
    telemetry.auditFailed(ID, new AuditException("no \"quotes\"\nnor lines", null));
    telemetry.auditFailed(ID, new AuditException("x", new IllegalStateException("secret")));
    telemetry.corruptRow("the attribute " + CHOSEN + " is unknown");
    schedule.roleDrifted(ID, ID, new RoleArn(ROLE));
    for (Hop hop : Hop.values()) {
      telemetry.took(hop, Duration.ofNanos(12_345_678));
    }
    schedule.openIntents(List.of(), true);
    schedule.openIntents(Collections.nCopies(1000, ID.value()), true);
    schedule.massRefusal(ID, 3, 4);
    schedule.roleReady(ID, new RoleArn(ROLE), true);
    schedule.rolesOverdue(ID, List.of(new RoleArn(ROLE)));
    schedule.reprobeAge(Duration.ofMinutes(90));
    telemetry.suspendedByClient(ID, CHOSEN);
    telemetry.notAClient(ID);
    telemetry.reconciled(Arrays.stream(FindingKind.values()).map(this::finding).toList());
  }

  private static VendRecord outcome(Outcome outcome, @Nullable Reason reason) {
    return new VendRecord(
        TRACE, NOW, SUBJECT, new VendRecord.Result(outcome, reason, null, CHOSEN));
  }

  private static ProbeRecord probe(ProbeRecord.Answer withoutExternalId) {
    return new ProbeRecord(
        TRACE,
        NOW,
        new ProbeRecord.Target(new RoleArn(ROLE), CHOSEN, null),
        new ProbeRecord.Result(
            ProbeRecord.Answer.WORKS,
            withoutExternalId,
            ProbeRecord.Answer.REFUSED,
            true,
            true,
            false,
            false));
  }

  private Finding finding(FindingKind kind) {
    return new Finding(kind, CHOSEN, CHOSEN, CHOSEN, NOW, CHOSEN, CHOSEN, CHOSEN);
  }

  @Test
  void everyLineIsOfTheEmbeddedMetricFormat() {
    everything();

    assertThat(lines())
        .hasSizeGreaterThan(90)
        .allSatisfy(line -> assertThat(Emf.read(line)).isNotEmpty());
    assertThat(lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(2000));
  }

  @Test
  void everyMetricIsEmitted_AndNoOther() {
    everything();

    assertThat(samples().stream().map(Sample::metric).collect(Collectors.toSet()))
        .isEqualTo(Arrays.stream(Metric.values()).map(Metric::code).collect(Collectors.toSet()));
    assertThat(samples()).allSatisfy(sample -> assertThat(sample.namespace()).isEqualTo("Vended"));
  }

  @Test
  void everyDimensionIsAWordOfAClosedSet() {
    everything();
    Map<String, Set<String>> words =
        Map.of(
            "Stack", Set.of("staging"),
            "Reason", words(Arrays.stream(Reason.values()).map(Reason::code)),
            "Hop", words(Arrays.stream(Hop.values()).map(Hop::code)),
            "Kind", words(Arrays.stream(FindingKind.values()).map(FindingKind::code)));

    assertThat(samples())
        .allSatisfy(
            sample ->
                sample
                    .dimensions()
                    .forEach((name, value) -> assertThat(words.get(name)).contains(value)));
    assertThat(samples().toString()).doesNotContain(CHOSEN, ROLE, ID.value());
    assertThat(lines().toString()).doesNotContain("secret");
  }

  private static Set<String> words(Stream<String> words) {
    return words.collect(Collectors.toSet());
  }

  @Test
  void refusalsAndFailuresCountAsAWhole_AndByReason() {
    telemetry.recorded(outcome(Outcome.DENIED, Reason.NO_GRANT));
    telemetry.recorded(outcome(Outcome.FAILED, Reason.STS_THROTTLED));
    telemetry.recorded(outcome(Outcome.GRANTED, null));

    assertThat(samples())
        .containsExactlyInAnyOrder(
            new Sample("Vended", "Denied", Map.of("Stack", "staging"), 1L),
            new Sample("Vended", "Denied", Map.of("Stack", "staging", "Reason", "no_grant"), 1L),
            new Sample("Vended", "Failed", Map.of("Stack", "staging"), 1L),
            new Sample(
                "Vended", "Failed", Map.of("Stack", "staging", "Reason", "sts_throttled"), 1L),
            new Sample("Vended", "Granted", Map.of("Stack", "staging"), 1L));
  }

  @Test
  void timesAreInMilliseconds_AndNeverNegative() {
    telemetry.took(Hop.STS, Duration.ofNanos(12_345_678));
    telemetry.took(Hop.AUDIT, Duration.ofSeconds(-1));

    assertThat(samples())
        .containsExactlyInAnyOrder(
            new Sample("Vended", "Latency", Map.of("Stack", "staging", "Hop", "sts"), 12.345),
            new Sample("Vended", "Latency", Map.of("Stack", "staging", "Hop", "audit"), 0.0));
    assertThat(lines()).allMatch(line -> line.contains("\"Unit\":\"Milliseconds\""));
  }

  @Test
  void whatNeverEndedIsCountedInFull_AlsoIfThereIsNone() {
    schedule.openIntents(List.of(), true);
    schedule.openIntents(Collections.nCopies(1000, ID.value()), true);

    assertThat(samples())
        .containsExactlyInAnyOrder(
            new Sample("Vended", "OpenIntents", Map.of("Stack", "staging"), 0L),
            new Sample("Vended", "OpenIntents", Map.of("Stack", "staging"), 1000L));
  }

  @Test
  void theAgeOfTheLastRunIsInHours_AndAClockThatWasSetBackMakesItNoLess() {
    schedule.reprobeAge(Duration.ofMinutes(90));
    schedule.reprobeAge(Duration.ofMinutes(-90));

    assertThat(samples())
        .containsExactlyInAnyOrder(
            new Sample("Vended", "ReprobeAge", Map.of("Stack", "staging"), 1.5),
            new Sample("Vended", "ReprobeAge", Map.of("Stack", "staging"), 0.0));
  }

  @Test
  void aLookThatCouldNotSeeAllIsNeverGoodNews() {
    schedule.openIntents(List.of(), false);

    assertThat(samples())
        .containsExactly(new Sample("Vended", "OpenIntents", Map.of("Stack", "staging"), 1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{'_aws':{'CloudWatchMetrics':[]}}",
        "{'_aws':{'Timestamp':'now','CloudWatchMetrics':[{'Namespace':'V','Dimensions':[[]],'Metrics':[{'Name':'a'}]}]},'a':1}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'','Dimensions':[[]],'Metrics':[{'Name':'a'}]}]},'a':1}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'V','Dimensions':[],'Metrics':[{'Name':'a'}]}]},'a':1}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'V','Dimensions':[['R']],'Metrics':[{'Name':'a'}]}]},'a':1}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'V','Dimensions':[['R']],'Metrics':[{'Name':'a'}]}]},'a':1,'R':1}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'V','Dimensions':[[]],'Metrics':[{'Name':'a'}]}]}}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'V','Dimensions':[[]],'Metrics':[{'Name':'a'}]}]},'a':'1'}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'V','Dimensions':[[]],'Metrics':[{'Name':'a','Unit':'ms'}]}]},'a':1}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'V','Dimensions':[[]],'Metrics':[{'Name':'a','Units':'Count'}]}]},'a':1}",
        "{'_aws':{'Timestamp':1,'CloudWatchMetrics':[{'Namespace':'V','Dimensions':[[]],'Metrics':[{'Name':'a'}]}]},'a':1}"
            + " x"
      })
  void aLineThatBreaksTheFormatWouldBeNoticed(String line) {
    assertThatThrownBy(() -> Emf.read(line.replace('\'', '"'))).isInstanceOf(AssertionError.class);
  }
}

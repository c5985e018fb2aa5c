package vended.telemetry;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.AuditRecord;
import vended.audit.ChangeRecord;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Result;
import vended.audit.reconcile.Finding;
import vended.audit.reconcile.Finding.FindingKind;
import vended.identity.RoleArn;
import vended.json.Json;

/**
 * Metrics for operators, as lines of CloudWatch's embedded metric format. They go straight to
 * standard output: the Lambda logger would wrap them in JSON of its own, and CloudWatch would not
 * recognize them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">the
 *     specification</a>
 */
public final class Telemetry {
  private static final String NAMESPACE = "Vended";

  /** Keeps stacks of one account and Region apart. */
  private static final String STACK = "Stack";

  /** Keeps a line short. */
  private static final int MAX_NAMED = 20;

  private final PrintStream out;
  private final Clock clock;
  private final String stack;

  /**
   * Writes lines to a stream, with the clock's times.
   *
   * @param stack the dimension of every metric, so that two stacks of one account and Region don't
   *     ring each other's alarms
   */
  public Telemetry(PrintStream out, Clock clock, String stack) {
    this.out = out;
    this.clock = clock;
    this.stack = stack;
  }

  /** A dimension, and the line's member with its value, which is one of a closed set. */
  private record Dimension(String name, String value) {}

  /** Counts a stored audit record: the outcome of a vend, or the result of a probe. */
  public void recorded(AuditRecord auditRecord) {
    switch (auditRecord) {
      case VendRecord vend when vend.result() != null -> recorded(vend.vendId(), vend.result());
      case ProbeRecord probe -> {
        Map<String, @Nullable Object> properties = properties(probe.vendId());
        properties.put("roleArn", probe.role().value());
        Metric metric = probe.result().passed() ? Metric.PROBE_PASSED : Metric.PROBE_NOT_PASSED;
        count(metric, 1, null, properties);
      }
      case VendRecord intent -> {}
      case ProbeIntent intent -> {}
      case ChangeRecord change -> {}
    }
  }

  private void recorded(VendId vendId, Result result) {
    Metric metric =
        switch (result.outcome()) {
          case GRANTED -> Metric.GRANTED;
          case DENIED -> Metric.DENIED;
          case FAILED -> Metric.FAILED;
        };
    Reason reason = result.reason();
    Dimension dimension = reason == null ? null : new Dimension("Reason", reason.code());
    count(metric, 1, dimension, properties(vendId));
  }

  /** Counts an audit record that could not be stored. */
  public void auditFailed(VendId vendId, AuditException e) {
    Map<String, @Nullable Object> properties = properties(vendId);
    properties.put("message", e.getMessage());
    properties.put("cause", e.getCause() == null ? null : e.getCause().getClass().getSimpleName());
    count(Metric.AUDIT_FAILED, 1, null, properties);
  }

  /**
   * Counts a row of the allow-list that can't be trusted, and refuses until it is corrected.
   *
   * @param fault which attribute, without its value
   */
  public void corruptRow(String fault) {
    count(Metric.CORRUPT_ROW, 1, null, Map.of("message", fault));
  }

  /** Counts a client's suspension of itself. */
  public void suspendedByClient(VendId vendId, String account) {
    Map<String, @Nullable Object> properties = properties(vendId);
    properties.put("account", account);
    count(Metric.SUSPENDED_BY_CLIENT, 1, null, properties);
  }

  /** Counts a request for the client's view by somebody who is not a client. */
  public void notAClient(VendId vendId) {
    count(Metric.NOT_A_CLIENT, 1, null, properties(vendId));
  }

  /**
   * Counts a role that was vended and is no longer safe, or may be unsafe.
   *
   * @param vendId the ID of the change that marks it
   * @param probeId the probe that found it
   */
  public void roleDrifted(VendId vendId, VendId probeId, RoleArn role) {
    Map<String, @Nullable Object> properties = properties(vendId);
    properties.put("probeId", probeId.value());
    properties.put("roleArn", role.value());
    count(Metric.ROLE_DRIFTED, 1, null, properties);
  }

  /**
   * Counts a new role that a probe found safe.
   *
   * @param vendId the ID of the change that says so
   * @param activated whether it can be granted now; otherwise an administrator must verify it
   */
  public void roleReady(VendId vendId, RoleArn role, boolean activated) {
    Map<String, @Nullable Object> properties = properties(vendId);
    properties.put("roleArn", role.value());
    properties.put("activated", activated);
    count(Metric.ROLE_READY, 1, null, properties);
  }

  /**
   * Counts roles that no client has created in time.
   *
   * @param roles at least one, of which some are named
   */
  public void rolesOverdue(VendId vendId, List<RoleArn> roles) {
    Map<String, @Nullable Object> properties = properties(vendId);
    properties.put("roleArns", roles.stream().limit(MAX_NAMED).map(RoleArn::value).toList());
    count(Metric.ROLE_OVERDUE, roles.size(), null, properties);
  }

  /**
   * Counts the clients that refuse the vendor, where most do: the cause is on the vendor's side.
   *
   * @param vendId the ID of the step that decided so
   * @param refusing how many refuse
   * @param clients of how many
   */
  public void massRefusal(VendId vendId, int refusing, int clients) {
    Map<String, @Nullable Object> properties = properties(vendId);
    properties.put("clients", clients);
    count(Metric.MASS_REFUSAL, refusing, null, properties);
  }

  /** Measures a call, whether it succeeded or failed. */
  public void took(Hop hop, Duration time) {
    // The clock may have been set back.
    double millis = Math.max(0, time.toNanos() / 1000) / 1000.0;
    Dimension dimension = new Dimension("Hop", hop.code());
    emit(Metric.LATENCY, millis, dimension, List.of(List.of(STACK, "Hop")), Map.of());
  }

  /**
   * Counts the vends and changes that started some minutes ago and never ended.
   *
   * @param vendIds those found; if there are none, zero is emitted
   * @param complete whether there was time to look at all records; if not, at least one is counted,
   *     so that somebody looks at the rest
   */
  public void openIntents(List<String> vendIds, boolean complete) {
    List<String> some = vendIds.subList(0, Math.min(vendIds.size(), MAX_NAMED));
    int count = complete ? vendIds.size() : Math.max(1, vendIds.size());
    count(Metric.OPEN_INTENTS, count, null, Map.of("vendIds", some, "complete", complete));
  }

  /**
   * Measures how long ago the schedule has probed all roles.
   *
   * @param age emitted in hours, since CloudWatch has no longer unit of time than seconds, and
   *     people set the alarm's threshold
   */
  public void reprobeAge(Duration age) {
    double hours = Math.max(0, age.toMinutes()) / 60.0;
    emit(Metric.REPROBE_AGE, hours, null, List.of(List.of(STACK)), Map.of());
  }

  /** Counts the findings of a comparison of CloudTrail with the audit, by kind. */
  public void reconciled(List<Finding> findings) {
    for (FindingKind kind : FindingKind.values()) {
      int found = (int) findings.stream().filter(finding -> finding.kind() == kind).count();
      if (found > 0) {
        count(Metric.FINDING, found, new Dimension("Kind", kind.code()), Map.of());
      }
    }
  }

  private static Map<String, @Nullable Object> properties(VendId vendId) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("vendId", vendId.value());
    return properties;
  }

  /** Counts in total, and by a dimension if there is one. */
  private void count(
      Metric metric,
      int value,
      @Nullable Dimension dimension,
      Map<String, ? extends @Nullable Object> properties) {
    List<List<String>> sets =
        dimension == null
            ? List.of(List.of(STACK))
            : List.of(List.of(STACK), List.of(STACK, dimension.name()));
    emit(metric, value, dimension, sets, properties);
  }

  private void emit(
      Metric metric,
      Number value,
      @Nullable Dimension dimension,
      List<List<String>> sets,
      Map<String, ? extends @Nullable Object> properties) {
    Map<String, Object> directive =
        Map.of(
            "Namespace", NAMESPACE,
            "Dimensions", sets,
            "Metrics", List.of(Map.of("Name", metric.code(), "Unit", metric.unit())));
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(directive)));
    line.put(metric.code(), value);
    line.put(STACK, stack);
    if (dimension != null) {
      line.put(dimension.name(), dimension.value());
    }
    line.putAll(properties);
    out.println(Json.write(line));
  }
}

package vended.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;
import vended.identity.RoleArn;

/**
 * Metrics of the schedule, for operators: what probes found of roles, whether all were probed, and
 * which requests never ended.
 */
public final class ScheduleTelemetry {
  /** Keeps a line short. */
  private static final int MAX_NAMED = 20;

  private final MetricLines lines;

  public ScheduleTelemetry(MetricLines lines) {
    this.lines = lines;
  }

  /**
   * Counts a role that was vended and is no longer safe, or may be unsafe.
   *
   * @param vendId the ID of the change that marks it
   * @param probeId the probe that found it
   */
  public void roleDrifted(VendId vendId, VendId probeId, RoleArn role) {
    Map<String, @Nullable Object> properties = MetricLines.properties(vendId);
    properties.put("probeId", probeId.value());
    properties.put("roleArn", role.value());
    lines.count(Metric.ROLE_DRIFTED, 1, null, properties);
  }

  /**
   * Counts a new role that a probe found safe.
   *
   * @param vendId the ID of the change that says so
   * @param activated whether it can be granted now; otherwise an administrator must verify it
   */
  public void roleReady(VendId vendId, RoleArn role, boolean activated) {
    Map<String, @Nullable Object> properties = MetricLines.properties(vendId);
    properties.put("roleArn", role.value());
    properties.put("activated", activated);
    lines.count(Metric.ROLE_READY, 1, null, properties);
  }

  /**
   * Counts roles that no client has created in time.
   *
   * @param roles at least one, of which some are named
   */
  public void rolesOverdue(VendId vendId, List<RoleArn> roles) {
    Map<String, @Nullable Object> properties = MetricLines.properties(vendId);
    properties.put("roleArns", roles.stream().limit(MAX_NAMED).map(RoleArn::value).toList());
    lines.count(Metric.ROLE_OVERDUE, roles.size(), null, properties);
  }

  /**
   * Counts the clients that refuse the vendor, where most do: the cause is on the vendor's side.
   *
   * @param vendId the ID of the step that decided so
   * @param refusing how many refuse
   * @param clients of how many
   */
  public void massRefusal(VendId vendId, int refusing, int clients) {
    Map<String, @Nullable Object> properties = MetricLines.properties(vendId);
    properties.put("clients", clients);
    lines.count(Metric.MASS_REFUSAL, refusing, null, properties);
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
    lines.count(Metric.OPEN_INTENTS, count, null, Map.of("vendIds", some, "complete", complete));
  }

  /**
   * Measures how long ago the schedule has probed all roles.
   *
   * @param age emitted in hours, since people set the alarm's threshold, and CloudWatch's longest
   *     unit of time is the second
   */
  public void reprobeAge(Duration age) {
    double hours = Math.max(0, age.toMinutes()) / 60.0;
    lines.emit(Metric.REPROBE_AGE, hours, null, List.of(List.of(MetricLines.STACK)), Map.of());
  }
}

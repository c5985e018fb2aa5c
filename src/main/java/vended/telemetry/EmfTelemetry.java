package vended.telemetry;

import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditEntry;
import vended.audit.AuditException;
import vended.audit.AuditRecord;
import vended.audit.AuditRecord.Result;
import vended.audit.ProbeRecord;
import vended.audit.VendId;
import vended.identity.RoleArn;
import vended.json.Json;

/**
 * Metrics as lines of CloudWatch's embedded metric format. They go to standard output as they are:
 * the Lambda logger would wrap them in JSON of its own, and CloudWatch would not see them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">the
 *     specification</a>
 */
public final class EmfTelemetry implements Telemetry {
  private static final String NAMESPACE = "Vended";

  private final PrintStream out;
  private final Clock clock;

  /** Writes lines to a stream, with the clock's times. */
  public EmfTelemetry(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void recorded(AuditEntry auditRecord) {
    switch (auditRecord) {
      case AuditRecord vend when vend.result() != null -> recorded(vend.vendId(), vend.result());
      case AuditRecord intent -> {}
      case ProbeRecord probe -> {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("vendId", probe.vendId().value());
        properties.put("roleArn", probe.target().roleArn());
        emit(probe.result().passed() ? "ProbePassed" : "ProbeNotPassed", properties);
      }
    }
  }

  private void recorded(VendId vendId, Result result) {
    String metric =
        switch (result.outcome()) {
          case GRANTED -> "Granted";
          case DENIED -> "Denied";
          case FAILED -> "Failed";
        };
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("vendId", vendId.value());
    properties.put("reason", result.reason() == null ? null : result.reason().code());
    emit(metric, properties);
  }

  @Override
  public void auditFailed(VendId vendId, AuditException e) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("vendId", vendId.value());
    properties.put("message", e.getMessage());
    properties.put("cause", e.getCause() == null ? null : e.getCause().getClass().getSimpleName());
    emit("AuditFailed", properties);
  }

  @Override
  public void corruptRow(String fault) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("message", fault);
    emit("CorruptRow", properties);
  }

  @Override
  public void roleDrifted(VendId vendId, VendId probeId, RoleArn role) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("vendId", vendId.value());
    properties.put("probeId", probeId.value());
    properties.put("roleArn", role.value());
    emit("RoleDrifted", properties);
  }

  private void emit(String metric, Map<String, @Nullable Object> properties) {
    Map<String, Object> directive =
        Map.of(
            "Namespace", NAMESPACE,
            "Dimensions", List.of(List.of()),
            "Metrics", List.of(Map.of("Name", metric, "Unit", "Count")));
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(directive)));
    line.put(metric, 1);
    line.putAll(properties);
    out.println(Json.write(line));
  }
}

package vended.telemetry;

import java.time.Duration;
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
import vended.telemetry.MetricLines.Dimension;

/** Metrics of requests, for operators: vends, their audit, and the rows and calls behind them. */
public final class Telemetry {
  private final MetricLines lines;

  public Telemetry(MetricLines lines) {
    this.lines = lines;
  }

  /** Counts a stored audit record: the outcome of a vend, or the result of a probe. */
  public void recorded(AuditRecord auditRecord) {
    switch (auditRecord) {
      case VendRecord vend when vend.result() != null -> recorded(vend.vendId(), vend.result());
      case ProbeRecord probe -> {
        Map<String, @Nullable Object> properties = MetricLines.properties(probe.vendId());
        properties.put("roleArn", probe.role().value());
        Metric metric = probe.result().passed() ? Metric.PROBE_PASSED : Metric.PROBE_NOT_PASSED;
        lines.count(metric, 1, null, properties);
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
    lines.count(metric, 1, dimension, MetricLines.properties(vendId));
  }

  /** Counts an audit record that could not be stored. */
  public void auditFailed(VendId vendId, AuditException e) {
    Map<String, @Nullable Object> properties = MetricLines.properties(vendId);
    properties.put("message", e.getMessage());
    properties.put("cause", e.getCause() == null ? null : e.getCause().getClass().getSimpleName());
    lines.count(Metric.AUDIT_FAILED, 1, null, properties);
  }

  /**
   * Counts a row of the allow-list that can't be trusted, and refuses until it is corrected.
   *
   * @param fault which attribute, without its value
   */
  public void corruptRow(String fault) {
    lines.count(Metric.CORRUPT_ROW, 1, null, Map.of("message", fault));
  }

  /** Counts a client's suspension of itself. */
  public void suspendedByClient(VendId vendId, String account) {
    Map<String, @Nullable Object> properties = MetricLines.properties(vendId);
    properties.put("account", account);
    lines.count(Metric.SUSPENDED_BY_CLIENT, 1, null, properties);
  }

  /** Counts a request for the client's view by somebody who is not a client. */
  public void notAClient(VendId vendId) {
    lines.count(Metric.NOT_A_CLIENT, 1, null, MetricLines.properties(vendId));
  }

  /** Measures a call, whether it succeeded or failed. */
  public void took(Hop hop, Duration time) {
    // The clock may have been set back.
    double millis = Math.max(0, time.toNanos() / 1000) / 1000.0;
    Dimension dimension = new Dimension("Hop", hop.code());
    lines.emit(
        Metric.LATENCY, millis, dimension, List.of(List.of(MetricLines.STACK, "Hop")), Map.of());
  }

  /** Counts the findings of a comparison of CloudTrail with the audit, by kind. */
  public void reconciled(List<Finding> findings) {
    for (FindingKind kind : FindingKind.values()) {
      int found = (int) findings.stream().filter(finding -> finding.kind() == kind).count();
      if (found > 0) {
        lines.count(Metric.FINDING, found, new Dimension("Kind", kind.code()), Map.of());
      }
    }
  }
}

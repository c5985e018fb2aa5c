package vended.report.period;

import java.util.List;
import vended.audit.query.AuditRow;

/**
 * Intents of the period without an outcome.
 *
 * @param vends those of vends and probes, newest first
 * @param changes those of allow-list changes, newest first
 * @param underWay intents of the last five minutes, which can still end; 0 for a closed period
 */
public record Open(List<AuditRow> vends, List<AuditRow> changes, long underWay) {
  public Open {
    vends = List.copyOf(vends);
    changes = List.copyOf(changes);
  }
}

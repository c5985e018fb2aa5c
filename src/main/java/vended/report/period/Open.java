package vended.report.period;

import java.util.List;
import vended.audit.query.AuditRow;

/**
 * Intents of the period without an outcome.
 *
 * @param vends the newest of those of vends and probes, newest first
 * @param changes the newest of those of allow-list changes, newest first
 * @param vendCount how many there are of vends and probes
 * @param changeCount how many there are of changes
 * @param underWay intents of the last five minutes, which can still end; 0 for a closed period
 */
public record Open(
    List<AuditRow> vends, List<AuditRow> changes, long vendCount, long changeCount, long underWay) {
  public Open {
    vends = List.copyOf(vends);
    changes = List.copyOf(changes);
  }

  /** With all there are. */
  public Open(List<AuditRow> vends, List<AuditRow> changes, long underWay) {
    this(vends, changes, vends.size(), changes.size(), underWay);
  }
}

package vended.audit;

import vended.audit.AuditRecord.Kind;

class InMemoryAuditLogTest extends AuditLogContract {
  private final InMemoryAuditLog log = new InMemoryAuditLog();

  @Override
  protected AuditLog log() {
    return log;
  }

  @Override
  protected ProbeRecords probes() {
    return log;
  }

  @Override
  protected boolean stands(VendId vendId, Kind kind) {
    return log.records().stream().anyMatch(r -> r.vendId().equals(vendId) && r.kind() == kind);
  }
}

package vended.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An audit log in memory, as strict as the real one. */
public final class InMemoryAuditLog implements AuditLog {
  private final Map<String, AuditRecord> records = new LinkedHashMap<>();

  @Override
  public synchronized void append(AuditRecord auditRecord) throws AuditException {
    String key = auditRecord.vendId() + "/" + auditRecord.kind();
    if (records.containsKey(key)) {
      throw new AuditException("the record's key is taken", new IllegalStateException(key));
    }
    records.put(key, auditRecord);
  }

  /** All records, oldest first. */
  public synchronized List<AuditRecord> records() {
    return List.copyOf(records.values());
  }
}

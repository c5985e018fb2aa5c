package vended.audit;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vended.audit.AuditRecord.Kind;
import vended.identity.RoleArn;

/** An audit log in memory, as strict as the real one. */
public final class InMemoryAuditLog implements AuditLog, ProbeRecords {
  private final Map<String, AuditRecord> records = new LinkedHashMap<>();

  @Override
  public synchronized void append(AuditRecord auditRecord) throws AuditException {
    String key = key(auditRecord.vendId(), auditRecord.kind());
    if (records.containsKey(key)) {
      throw new AuditException("the record's key is taken", new IllegalStateException(key));
    }
    records.put(key, auditRecord);
  }

  @Override
  public synchronized Optional<ProbeRecord> find(VendId probeId) {
    return Optional.ofNullable((ProbeRecord) records.get(key(probeId, Kind.PROBE)));
  }

  @Override
  public synchronized boolean isNewest(VendId probeId, RoleArn role) {
    return find(probeId).isPresent()
        && records.values().stream()
            .filter(stored -> isProbeOf(role, stored))
            .noneMatch(stored -> stored.vendId().value().compareTo(probeId.value()) > 0);
  }

  @Override
  public synchronized Optional<ProbeRecord> newest(RoleArn role) {
    return records.values().stream()
        .filter(stored -> isProbeOf(role, stored))
        .flatMap(stored -> find(stored.vendId()).stream())
        .max(Comparator.comparing(probe -> probe.vendId().value()));
  }

  @Override
  public synchronized boolean foundOpen(RoleArn role) {
    return records.values().stream()
        .filter(stored -> isProbeOf(role, stored))
        .flatMap(stored -> find(stored.vendId()).stream())
        .anyMatch(probe -> probe.result().open());
  }

  private static boolean isProbeOf(RoleArn role, AuditRecord stored) {
    return switch (stored) {
      case ProbeIntent intent -> intent.role().equals(role);
      case ProbeRecord probe -> probe.role().equals(role);
      case VendRecord vend -> false;
      case ChangeRecord change -> false;
    };
  }

  private static String key(VendId vendId, Kind kind) {
    return vendId + "/" + kind;
  }

  /** All records, oldest first. */
  public synchronized List<AuditRecord> records() {
    return List.copyOf(records.values());
  }
}

package vended.audit.dynamo;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditRecord;
import vended.audit.AuditRecord.Kind;
import vended.audit.ChangeRecord;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.identity.RoleArn;

/**
 * A second row for each record of a probe, under the role's own key, written in the same
 * transaction. The indexes lag behind the table; with these rows a consistent read shows which
 * probe of a role is the newest and whether it ended. They lack the attributes of every index, so
 * no index and no answer of the audit contains them.
 */
final class DynamoProbePointer {
  private static final String PARTITION = "probes#";

  /** A probe verifies nothing after a day, so its order among newer ones no longer matters. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private DynamoProbePointer() {}

  /** The row that goes with the record of a probe; empty for other records. */
  static Optional<Map<String, AttributeValue>> of(AuditRecord auditRecord) {
    return switch (auditRecord) {
      case ProbeIntent intent -> Optional.of(row(intent.role(), intent));
      case ProbeRecord probe -> Optional.of(row(probe.role(), probe));
      case VendRecord vend -> Optional.empty();
      case ChangeRecord change -> Optional.empty();
    };
  }

  private static Map<String, AttributeValue> row(RoleArn role, AuditRecord auditRecord) {
    long expiry = auditRecord.at().plus(RETENTION).getEpochSecond();
    return Map.of(
        "pk", partition(role),
        "sk", sortKey(auditRecord.vendId(), auditRecord.kind()),
        "ttl", AttributeValue.fromN(Long.toString(expiry)));
  }

  /** The key that a role's rows share. */
  static AttributeValue partition(RoleArn role) {
    return AttributeValue.fromS(PARTITION + role.value());
  }

  /** The probe that a row says has ended; empty for a row about its start. */
  static Optional<VendId> ended(Map<String, AttributeValue> row) {
    AttributeValue key = row.get("sk");
    String[] parts = key == null || key.s() == null ? new String[0] : key.s().split("#", 2);
    return parts.length == 2 && parts[1].equals(Kind.PROBE.code())
        ? VendId.parse(parts[0])
        : Optional.empty();
  }

  /** Sorts by the start of the probe, and its intent before its result. */
  static AttributeValue sortKey(VendId probeId, Kind kind) {
    return AttributeValue.fromS(probeId.value() + "#" + kind.code());
  }
}

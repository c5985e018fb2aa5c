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

/**
 * A row under the role's own key for each row of a probe, written in the same transaction. The
 * indexes lag behind the table; these rows tell, in a consistent read, which probe of a role is the
 * newest and whether it ended. They have no attribute that an index is made of, so that no index,
 * and no answer of the audit, has them.
 */
final class DynamoProbePointer {
  private static final String PARTITION = "probes#";

  /** A probe verifies nothing after a day, so its place among newer ones matters no longer. */
  private static final Duration RETENTION = Duration.ofDays(30);

  private DynamoProbePointer() {}

  /** The row that goes with a record; none with the record of a vend or a change. */
  static Optional<Map<String, AttributeValue>> of(AuditRecord entry) {
    return switch (entry) {
      case VendRecord vend -> Optional.empty();
      case ChangeRecord change -> Optional.empty();
      case ProbeIntent intent -> Optional.of(row(intent.role().value(), intent));
      case ProbeRecord probe -> Optional.of(row(probe.target().roleArn(), probe));
    };
  }

  private static Map<String, AttributeValue> row(String role, AuditRecord entry) {
    return Map.of(
        "pk", partition(role),
        "sk", sortKey(entry.vendId(), entry.kind()),
        "ttl", AttributeValue.fromN(Long.toString(entry.at().plus(RETENTION).getEpochSecond())));
  }

  /** The key that a role's rows share. */
  static AttributeValue partition(String role) {
    return AttributeValue.fromS(PARTITION + role);
  }

  /** Sorts by when the probe started, and its intent before its result. */
  static AttributeValue sortKey(VendId probeId, Kind kind) {
    return AttributeValue.fromS(probeId.value() + "#" + kind.code());
  }
}

package vended.audit;

import java.time.Instant;
import vended.audit.AuditRecord.Kind;
import vended.audit.AuditRecord.Requester;

/** One row of the audit table, of whatever kind. It holds no secret. */
public sealed interface AuditEntry permits AuditRecord, ProbeIntent, ProbeRecord {
  /** The vend or probe that it belongs to. */
  VendId vendId();

  /** Which of its rows this is; there is at most one of each. */
  Kind kind();

  /** When, to the millisecond. */
  Instant at();

  /** Who asked. */
  Requester requester();
}

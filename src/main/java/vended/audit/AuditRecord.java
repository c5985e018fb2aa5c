package vended.audit;

import java.time.Instant;
import vended.audit.VendRecord.Kind;
import vended.audit.VendRecord.Requester;

/** One row of the audit table, of whatever kind. It holds no secret. */
public sealed interface AuditRecord permits VendRecord, ProbeIntent, ProbeRecord {
  /** The vend or probe that it belongs to. */
  VendId vendId();

  /** Which of its rows this is; there is at most one of each. */
  Kind kind();

  /** When, to the millisecond. */
  Instant at();

  /** Who asked. */
  Requester requester();
}

package vended.audit;

import java.time.Instant;
import vended.text.Coded;

/** One row of the audit table. It holds no secret. */
public sealed interface AuditRecord permits VendRecord, ProbeIntent, ProbeRecord, ChangeRecord {
  /** The request that it belongs to, and who made it. */
  Trace trace();

  /** Which of the request's rows this is. A request has at most one of each kind. */
  Kind kind();

  /** When, to the millisecond. */
  Instant at();

  /** The ID of the request. */
  default VendId vendId() {
    return trace().vendId();
  }

  /** Which of a request's rows a record is. */
  enum Kind implements Coded {
    /** A vend or a probe that starts. Written before STS is called. */
    INTENT,
    /** How a vend ended, or why a probe was refused. Written before the answer leaves. */
    OUTCOME,
    /** What a probe found. Written before the answer leaves. */
    PROBE,
    /** A change that starts. Written before the allow-list is changed. */
    ADMIN,
    /**
     * How a change ended. Written before the answer leaves. A change that is refused before it
     * starts has this record only.
     */
    ADMIN_OUTCOME;

    /** The row's sort key. */
    @Override
    public String code() {
      return Coded.super.code().replace('_', '-');
    }
  }
}

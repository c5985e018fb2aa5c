package vended.access.why;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.access.why.Recorded.Kind;
import vended.access.why.Recorded.State;
import vended.allowlist.AllowListException;
import vended.allowlist.Grant;
import vended.allowlist.read.StoredEntries;
import vended.allowlist.read.StoredEntries.StoredEntry;
import vended.audit.AuditException;
import vended.audit.AuditRecord;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.vending.Decision;
import vended.vending.Obstacle;

/** Explains one decision, of the past or of now. It reads, and asks STS nothing. */
public final class ExplainDecision {
  private static final Set<String> KINDS =
      Arrays.stream(AuditRecord.Kind.values())
          .map(AuditRecord.Kind::code)
          .collect(Collectors.toUnmodifiableSet());

  private final AuditRows rows;
  private final StoredEntries entries;
  private final Clock clock;

  public ExplainDecision(AuditRows rows, StoredEntries entries, Clock clock) {
    this.rows = rows;
    this.entries = entries;
    this.clock = clock;
  }

  /**
   * Explains what the records of an ID say, and what would be decided now.
   *
   * @param ownAccount the vendor's own account, twelve digits
   * @return empty if the audit has no such ID
   * @throws AuditException if the audit could not be read
   * @throws AllowListException if the allow-list could not be read
   */
  public Optional<Explanation> ofVend(VendId vendId, String ownAccount)
      throws AuditException, AllowListException {
    // By their keys: a row that was written by hand may have no time.
    List<AuditRow> found =
        rows.ofVends(Set.of(vendId.value()), KINDS).getOrDefault(vendId.value(), List.of());
    Recorded recorded = ReadRecord.of(found, clock.instant()).orElse(null);
    if (recorded == null) {
      return Optional.empty();
    }
    Current current = current(recorded, ownAccount);
    return Optional.of(new Explanation(recorded, current, Remedies.of(recorded, current)));
  }

  /** Explains what would be decided now for a caller with any unique ID. */
  public Explanation ofPair(CallerArn caller, RoleArn role, String ownAccount)
      throws AllowListException {
    StoredEntry stored = entries.stored(caller, role);
    Current current =
        new Current(caller, role, null, stored, obstacles(stored, null, role, ownAccount), null);
    return new Explanation(null, current, Remedies.of(null, current));
  }

  private @Nullable Current current(Recorded recorded, String ownAccount)
      throws AllowListException {
    CallerArn caller = recorded.callerArn().orElse(null);
    RoleArn role = recorded.roleArn();
    boolean vend = recorded.kind() == Kind.VEND || recorded.kind() == Kind.VEND_OR_PROBE;
    if (!vend || caller == null || role == null) {
      return null;
    }
    String known = recorded.callerId();
    String callerId = known != null && caller.takesId(known) ? known : null;
    StoredEntry stored = entries.stored(caller, role);
    List<Obstacle> obstacles = obstacles(stored, callerId, role, ownAccount);
    Current current = new Current(caller, role, callerId, stored, obstacles, null);
    return new Current(
        caller, role, callerId, stored, obstacles, beyond(recorded, current.grant()));
  }

  private List<Obstacle> obstacles(
      StoredEntry stored, @Nullable String callerId, RoleArn role, String ownAccount) {
    return Decision.obstacles(stored.entry(), callerId, role, ownAccount, clock.instant());
  }

  /** Only of a request that was refused before STS: the others say what STS was asked for. */
  private static @Nullable Reason beyond(Recorded recorded, @Nullable Grant grant) {
    if (grant == null || recorded.state() != State.DENIED) {
      return null;
    }
    Long asked = recorded.durationSeconds();
    if (asked != null && asked > grant.maxDurationSeconds()) {
      return Reason.DURATION_OVER_GRANT;
    }
    return recorded.isFor(Reason.POLICY_SET_BY_GRANT) && grant.setsPolicy()
        ? Reason.POLICY_SET_BY_GRANT
        : null;
  }
}

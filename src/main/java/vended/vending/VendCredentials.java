package vended.vending;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowList;
import vended.allowlist.AllowListException;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.audit.VendRecord;
import vended.identity.Caller;
import vended.json.JsonError;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;
import vended.sts.RoleAssumer.Issued;
import vended.sts.RoleAssumer.NotIssued;
import vended.telemetry.Telemetry;
import vended.vending.Decision.Permitted;
import vended.vending.Decision.Refused;

/**
 * Issues credentials of a client role to a caller. No audit, no credentials: STS is called after
 * the intent stands, and credentials leave after the outcome stands too.
 */
public final class VendCredentials {
  private final AllowList allowList;
  private final AuditLog auditLog;
  private final RoleAssumer roleAssumer;
  private final Telemetry telemetry;
  private final Clock clock;

  /** Creates it with its dependencies. */
  public VendCredentials(
      AllowList allowList,
      AuditLog auditLog,
      RoleAssumer roleAssumer,
      Telemetry telemetry,
      Clock clock) {
    this.allowList = allowList;
    this.auditLog = auditLog;
    this.roleAssumer = roleAssumer;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /** Records that an identity was refused before its request was read. */
  public VendResult refuse(Trace trace, Reason reason) {
    return deny(new VendRecords(trace), reason);
  }

  /**
   * Decides, assumes, records.
   *
   * @param trace this vend and who asks, for the records
   * @param caller who asks, for the decision
   * @param request what for
   * @param ownAccount the vendor's own account, twelve digits
   */
  public VendResult vend(Trace trace, Caller caller, VendRequest request, String ownAccount) {
    VendRecords records = new VendRecords(trace).about(request);
    AllowList.Entry entry;
    try {
      entry = allowList.find(caller.arn(), request.role());
    } catch (AllowListException e) {
      return fail(records, Reason.ALLOW_LIST_UNAVAILABLE, new VendResult.Unavailable());
    }
    report(entry);
    return switch (Decision.of(entry, caller, request.role(), ownAccount, now())) {
      case Refused(Reason reason) -> deny(records, reason);
      case Permitted permitted ->
          permitted(records.about(permitted), trace, caller, request, permitted);
    };
  }

  private VendResult permitted(
      VendRecords records, Trace trace, Caller caller, VendRequest request, Permitted permitted) {
    List<JsonError> errors = new ArrayList<>();
    Reason beyond = beyondGrant(request, permitted.grant(), errors);
    if (beyond != null) {
      return append(records.denied(beyond, now()))
          ? new VendResult.BeyondGrant(errors)
          : new VendResult.Unavailable();
    }
    AssumeRole call = request.call(trace.vendId(), caller, permitted);
    return assume(records.about(call), call);
  }

  private VendResult assume(VendRecords records, AssumeRole call) {
    if (!append(records.intent(now()))) {
      return new VendResult.Unavailable();
    }
    return switch (roleAssumer.assume(call)) {
      case NotIssued failure ->
          fail(
              records.withRequestId(failure.stsRequestId()),
              failure.reason(),
              failure.passing()
                  ? new VendResult.Unavailable()
                  : new VendResult.Failed(failure.reason()));
      case Issued(IssuedCredentials credentials) -> issued(records, call, credentials);
    };
  }

  private VendResult issued(VendRecords records, AssumeRole call, IssuedCredentials credentials) {
    VendRecords known = records.about(call, credentials);
    Reason fault = credentials.faultAgainst(call, now());
    if (fault != null) {
      return fail(known, fault, new VendResult.Failed(fault));
    }
    return append(known.granted(now()))
        ? new VendResult.Granted(call.role(), credentials)
        : new VendResult.Unavailable();
  }

  private VendResult deny(VendRecords records, Reason reason) {
    return append(records.denied(reason, now()))
        ? new VendResult.Denied()
        : new VendResult.Unavailable();
  }

  private VendResult fail(VendRecords records, Reason reason, VendResult result) {
    return append(records.failed(reason, now())) ? result : new VendResult.Unavailable();
  }

  /** A request may not add to a grant's session policies: STS would join the two. */
  private static @Nullable Reason beyondGrant(
      VendRequest request, Grant grant, List<JsonError> errors) {
    Reason reason = null;
    Integer asked = request.durationSeconds();
    if (asked != null && asked > grant.maxDurationSeconds()) {
      errors.add(
          new JsonError(
              "/durationSeconds",
              "must be %d at most under this grant".formatted(grant.maxDurationSeconds())));
      reason = Reason.DURATION_OVER_GRANT;
    }
    if (request.setsPolicy() && grant.setsPolicy()) {
      errors.add(
          new JsonError(
              request.policy() != null ? "/policy" : "/policyArns",
              "must be left out: this grant sets its own session policy"));
      reason = reason == null ? Reason.POLICY_SET_BY_GRANT : reason;
    }
    return reason;
  }

  private void report(AllowList.Entry entry) {
    for (Row<?> row : entry.rows()) {
      if (row instanceof Row.Corrupt<?>(String fault)) {
        telemetry.corruptRow(fault);
      }
    }
  }

  private boolean append(VendRecord auditRecord) {
    try {
      auditLog.append(auditRecord);
      telemetry.recorded(auditRecord);
      return true;
    } catch (AuditException e) {
      telemetry.auditFailed(auditRecord.vendId(), e);
      return false;
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

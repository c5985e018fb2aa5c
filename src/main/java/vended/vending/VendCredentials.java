package vended.vending;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Grant;
import vended.allowlist.read.AllowList;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.identity.Caller;
import vended.json.JsonError;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;
import vended.sts.RoleAssumer.Issued;
import vended.sts.RoleAssumer.NotIssued;
import vended.vending.Decision.Permitted;
import vended.vending.Decision.Refused;

/**
 * Issues credentials of a client role to a caller. Audit before effect: STS is called once the
 * intent is stored, and the answer leaves once the outcome is stored. A record that can't be stored
 * ends the vend, and nothing is handed out.
 */
public final class VendCredentials {
  private final AllowList allowList;
  private final AuditLog auditLog;
  private final RoleAssumer roleAssumer;
  private final Clock clock;

  public VendCredentials(
      AllowList allowList, AuditLog auditLog, RoleAssumer roleAssumer, Clock clock) {
    this.allowList = allowList;
    this.auditLog = auditLog;
    this.roleAssumer = roleAssumer;
    this.clock = clock;
  }

  /** Records that an identity was refused before its request was read. */
  public VendResult refuse(Trace trace, Reason reason) {
    try {
      return deny(new VendRecords(trace), reason);
    } catch (AuditException e) {
      return new VendResult.Unavailable();
    }
  }

  /**
   * Decides, assumes the role, and records both.
   *
   * @param trace this vend and who asks, for the records
   * @param caller who asks, for the decision
   * @param request what is asked for
   * @param ownAccount the vendor's own account, twelve digits
   */
  public VendResult vend(Trace trace, Caller caller, VendRequest request, String ownAccount) {
    try {
      return decide(trace, caller, request, ownAccount);
    } catch (AuditException e) {
      return new VendResult.Unavailable();
    }
  }

  private VendResult decide(Trace trace, Caller caller, VendRequest request, String ownAccount)
      throws AuditException {
    VendRecords records = new VendRecords(trace).about(request);
    AllowList.Entry entry;
    try {
      entry = allowList.find(caller.arn(), request.role());
    } catch (AllowListException e) {
      return fail(records, Reason.ALLOW_LIST_UNAVAILABLE, new VendResult.Unavailable());
    }
    return switch (Decision.of(entry, caller, request.role(), ownAccount, clock.instant())) {
      case Refused(Reason reason) -> deny(records, reason);
      case Permitted permitted -> {
        VendRecords known = records.about(permitted);
        List<JsonError> errors = new ArrayList<>();
        Reason beyond = beyondGrant(request, permitted.grant(), errors);
        if (beyond != null) {
          auditLog.append(known.denied(beyond, clock.instant()));
          yield new VendResult.BeyondGrant(errors);
        }
        AssumeRole call = request.call(trace.vendId(), caller, permitted);
        yield assume(known.about(call), call);
      }
    };
  }

  private VendResult assume(VendRecords records, AssumeRole call) throws AuditException {
    auditLog.append(records.intent(clock.instant()));
    // Not before: an assumed role without an intent would be a session that nobody knows of.
    return switch (roleAssumer.assume(call)) {
      case Issued(IssuedCredentials credentials) -> issued(records, call, credentials);
      case NotIssued failure -> {
        Reason reason = failure.reason();
        yield fail(
            records.withRequestId(failure.stsRequestId()),
            reason,
            failure.passing() ? new VendResult.Unavailable() : new VendResult.Failed(reason));
      }
    };
  }

  private VendResult issued(VendRecords records, AssumeRole call, IssuedCredentials credentials)
      throws AuditException {
    VendRecords known = records.about(call, credentials);
    Reason fault = credentials.faultAgainst(call, clock.instant());
    if (fault != null) {
      return fail(known, fault, new VendResult.Failed(fault));
    }
    auditLog.append(known.granted(clock.instant()));
    // Not before: credentials must not leave without a record.
    return new VendResult.Granted(call.role(), credentials);
  }

  private VendResult deny(VendRecords records, Reason reason) throws AuditException {
    auditLog.append(records.denied(reason, clock.instant()));
    return new VendResult.Denied();
  }

  private VendResult fail(VendRecords records, Reason reason, VendResult result)
      throws AuditException {
    auditLog.append(records.failed(reason, clock.instant()));
    return result;
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
}

package vended.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.read.AllowList;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.Outcome;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Subject;
import vended.identity.AssumableRoles;
import vended.identity.RoleArn;
import vended.sts.AssumeRole;
import vended.sts.RoleAssumer;
import vended.text.Sha256;

/**
 * Probes a client role's trust policy. Audit before effect, as with a vend: STS is called once the
 * intent is stored, and the answer leaves once the result is stored.
 */
public final class ProbeRole {
  /** The time for storing the last record, and a little for the answer. */
  private static final Duration RECORD = Duration.ofMillis(3500);

  private final AllowList allowList;
  private final AuditLog auditLog;
  private final TrustTrial trustTrial;
  private final AssumableRoles assumable;
  private final Clock clock;

  /**
   * The use case on its ports.
   *
   * @param assumable which roles the vendor role may assume
   */
  public ProbeRole(
      AllowList allowList,
      AuditLog auditLog,
      RoleAssumer roleAssumer,
      AssumableRoles assumable,
      Pause pause,
      Clock clock,
      RandomGenerator random) {
    this.allowList = allowList;
    this.auditLog = auditLog;
    this.trustTrial = new TrustTrial(roleAssumer, pause, clock, random);
    this.assumable = assumable;
    this.clock = clock;
  }

  /**
   * Probes a role, and records what was found.
   *
   * @param trace this probe and who asks, for the records
   * @param prober who asks, as STS is told
   * @param role the client role
   * @param ownAccount the vendor's own account, twelve digits
   * @param time how long the function has left
   */
  public ProbeResult probe(
      Trace trace, Prober prober, RoleArn role, String ownAccount, Duration time) {
    Instant end = clock.instant().plus(time).minus(RECORD);
    try {
      return decide(trace, prober, role, ownAccount, end);
    } catch (AuditException e) {
      return new ProbeResult.Unavailable();
    }
  }

  private ProbeResult decide(
      Trace trace, Prober prober, RoleArn role, String ownAccount, Instant end)
      throws AuditException {
    AllowList.Owner owner;
    try {
      owner = allowList.clientOf(role);
    } catch (AllowListException e) {
      auditLog.append(outcome(trace, role, Outcome.FAILED, Reason.ALLOW_LIST_UNAVAILABLE));
      return new ProbeResult.Unavailable();
    }
    // The client asked not to be entered, and a probe enters.
    if (Hold.stands(owner.hold())) {
      boolean corrupt = owner.hold() instanceof Row.Corrupt<Hold>;
      return refuse(trace, role, corrupt ? Reason.CORRUPT_HOLD : Reason.SUSPENDED_BY_CLIENT);
    }
    return switch (owner.client()) {
      case Row.Missing<Client> none -> refuse(trace, role, Reason.NO_CLIENT);
      case Row.Corrupt<Client> corrupt -> refuse(trace, role, Reason.CORRUPT_CLIENT);
      case Row.Found<Client>(Client client) -> {
        Reason refusal =
            owner.rotation() instanceof Row.Corrupt
                ? Reason.CORRUPT_CLIENT
                : refusal(client, role, ownAccount);
        yield refusal == null
            ? probe(
                new ProbeCalls(
                    trace.vendId(), prober, role, client.externalId(), other(owner.rotation())),
                trace,
                client,
                assumable.fault(role, ownAccount),
                end)
            : refuse(trace, role, refusal);
      }
    };
  }

  private static @Nullable Reason refusal(Client client, RoleArn role, String ownAccount) {
    // As with a vend: a stranger's account marked as the vendor's own would pass without an
    // ExternalId.
    if (client.ownAccount() && !client.account().equals(ownAccount)) {
      return Reason.NOT_OWN_ACCOUNT;
    }
    return client.roles().containsKey(role) ? null : Reason.ROLE_NOT_KNOWN;
  }

  private static @Nullable String other(Row<Rotation> row) {
    return row instanceof Row.Found<Rotation>(Rotation rotation) ? rotation.externalId() : null;
  }

  private ProbeResult probe(
      ProbeCalls calls, Trace trace, Client client, Optional<String> fault, Instant end)
      throws AuditException {
    auditLog.append(intent(trace, client, calls));
    TrustResult trust = trustTrial.of(calls, end);
    // If the vendor role's own policy forbids the role, waiting won't help.
    boolean isNew = client.verified(calls.role()) == null && fault.isEmpty();
    ProbeRecord.Result result = trust.result(client.ownAccount(), isNew);
    ProbeRecord.Other other = trust.other(sha256(calls.otherExternalId()));
    auditLog.append(
        new ProbeRecord(trace, clock.instant(), target(calls.role(), client), result, other));
    return new ProbeResult.Probed(
        calls.role(), result, other, Advice.of(trust, result, calls, fault));
  }

  private static @Nullable String sha256(@Nullable String externalId) {
    return externalId == null ? null : Sha256.sha256(externalId);
  }

  private static ProbeRecord.Target target(RoleArn role, Client client) {
    return new ProbeRecord.Target(role, client.name(), sha256(client.externalId()));
  }

  private ProbeIntent intent(Trace trace, Client client, ProbeCalls calls) {
    AssumeRole fullest = calls.with(calls.externalId(), OptionalActions.ALL);
    Subject subject =
        new Subject(
            calls.role().value(),
            client.account(),
            client.name(),
            fullest.durationSeconds(),
            fullest.sessionName(),
            fullest.sourceIdentity(),
            fullest.policySha256(),
            null,
            Map.of());
    return new ProbeIntent(trace, clock.instant(), calls.role(), subject);
  }

  private ProbeResult refuse(Trace trace, RoleArn role, Reason reason) throws AuditException {
    auditLog.append(outcome(trace, role, Outcome.DENIED, reason));
    return new ProbeResult.Refused(reason);
  }

  private VendRecord outcome(Trace trace, RoleArn role, Outcome outcome, Reason reason) {
    Subject subject =
        new Subject(role.value(), role.account(), null, null, null, null, null, null, Map.of());
    return new VendRecord(
        trace, clock.instant(), subject, new VendRecord.Result(outcome, reason, null, null));
  }
}

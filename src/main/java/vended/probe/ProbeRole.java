package vended.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowList;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.AuditRecord;
import vended.audit.Outcome;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Subject;
import vended.identity.AssumableRoles;
import vended.identity.RoleArn;
import vended.sts.RoleAssumer;
import vended.telemetry.Telemetry;
import vended.text.Sha256;

/**
 * Probes a client role's trust policy. As with a vend: STS is called after the intent stands, and
 * the answer leaves after the record of what was found stands too.
 */
public final class ProbeRole {
  /** What adding the last record may take, and a little for the answer. */
  private static final Duration RECORD = Duration.ofMillis(3500);

  private final AllowList allowList;
  private final AuditLog auditLog;
  private final TrustTrial trustTrial;
  private final AssumableRoles assumable;
  private final Telemetry telemetry;
  private final Clock clock;

  /**
   * Creates it with its dependencies.
   *
   * @param assumable what is known of the roles that the vendor role may assume
   */
  public ProbeRole(
      AllowList allowList,
      AuditLog auditLog,
      RoleAssumer roleAssumer,
      AssumableRoles assumable,
      Telemetry telemetry,
      Pause pause,
      Clock clock,
      RandomGenerator random) {
    this.allowList = allowList;
    this.auditLog = auditLog;
    this.trustTrial = new TrustTrial(roleAssumer, pause, clock, random);
    this.assumable = assumable;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /**
   * Probes, and records what was found.
   *
   * @param trace this probe and who asks, for the records
   * @param prober who asks, as STS is told
   * @param role which role
   * @param ownAccount the vendor's own account, twelve digits
   * @param time how long the function has left
   */
  public ProbeResult probe(
      Trace trace, Prober prober, RoleArn role, String ownAccount, Duration time) {
    Instant end = clock.instant().plus(time).minus(RECORD);
    Row<Client> row;
    try {
      row = allowList.clientOf(role);
    } catch (AllowListException e) {
      append(outcome(trace, role, Outcome.FAILED, Reason.ALLOW_LIST_UNAVAILABLE));
      return new ProbeResult.Unavailable();
    }
    return switch (row) {
      case Row.Missing<Client> none -> refuse(trace, role, Reason.NO_CLIENT);
      case Row.Corrupt<Client>(String fault) -> {
        telemetry.corruptRow(fault);
        yield refuse(trace, role, Reason.CORRUPT_CLIENT);
      }
      case Row.Found<Client>(Client client) -> {
        Reason refusal = refusal(client, role, ownAccount);
        yield refusal == null
            ? probe(trace, prober, role, client, assumable.fault(role, ownAccount), end)
            : refuse(trace, role, refusal);
      }
    };
  }

  private static @Nullable Reason refusal(Client client, RoleArn role, String ownAccount) {
    // As with a vend: a stranger's account marked as the vendor's own would pass without
    // ExternalId.
    if (client.ownAccount() && !client.account().equals(ownAccount)) {
      return Reason.NOT_OWN_ACCOUNT;
    }
    return client.roles().containsKey(role) ? null : Reason.ROLE_NOT_KNOWN;
  }

  private ProbeResult probe(
      Trace trace,
      Prober prober,
      RoleArn role,
      Client client,
      Optional<String> fault,
      Instant end) {
    ProbeCalls calls = new ProbeCalls(trace.vendId(), prober, role, client.externalId());
    if (!append(intent(trace, client, calls))) {
      return new ProbeResult.Unavailable();
    }
    TrustResult trust = trustTrial.of(calls, end);
    // No time makes the vendor role's own policy allow it.
    boolean isNew = client.verified(role) == null && fault.isEmpty();
    ProbeRecord.Result result = trust.result(client.ownAccount(), isNew);
    ProbeRecord found = new ProbeRecord(trace, now(), target(role, client), result);
    return append(found)
        ? new ProbeResult.Probed(role, result, Advice.of(trust, result, client.externalId(), fault))
        : new ProbeResult.Unavailable();
  }

  private static ProbeRecord.Target target(RoleArn role, Client client) {
    String externalId = client.externalId();
    return new ProbeRecord.Target(
        role.value(),
        client.account(),
        client.name(),
        externalId == null ? null : Sha256.sha256(externalId));
  }

  private ProbeResult refuse(Trace trace, RoleArn role, Reason reason) {
    return append(outcome(trace, role, Outcome.DENIED, reason))
        ? new ProbeResult.Refused(reason)
        : new ProbeResult.Unavailable();
  }

  private ProbeIntent intent(Trace trace, Client client, ProbeCalls calls) {
    var fullest = calls.with(calls.externalId(), OptionalActions.ALL);
    Subject subject =
        new Subject(
            calls.role().value(),
            client.account(),
            client.name(),
            fullest.durationSeconds(),
            fullest.sessionName(),
            fullest.sourceIdentity(),
            Sha256.sha256(ProbeCalls.DENY_ALL),
            null,
            Map.of());
    return new ProbeIntent(trace, now(), calls.role(), subject);
  }

  private VendRecord outcome(Trace trace, RoleArn role, Outcome outcome, Reason reason) {
    Subject subject =
        new Subject(role.value(), role.account(), null, null, null, null, null, null, Map.of());
    return new VendRecord(
        trace, now(), subject, new VendRecord.Result(outcome, reason, null, null));
  }

  private boolean append(AuditRecord entry) {
    try {
      auditLog.append(entry);
      telemetry.recorded(entry);
      return true;
    } catch (AuditException e) {
      telemetry.auditFailed(entry.vendId(), e);
      return false;
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

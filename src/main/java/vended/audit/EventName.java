package vended.audit;

import java.util.Map;
import java.util.Optional;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.json.JsonObject;
import vended.text.Coded;

/**
 * What an audit record is about, in a word for those who are told of it: the template sends records
 * that have one to EventBridge. Records that only begin something have none.
 */
public enum EventName implements Coded {
  /** Credentials were handed out. */
  VENDED,
  /** A request for credentials, or for a probe, was refused. */
  REFUSED,
  /** A request for credentials, or for a probe, failed. */
  FAILED,
  /** A probe found a role safe. */
  PROBE_PASSED,
  /** A probe did not find a role safe. */
  PROBE_NOT_PASSED,
  /** A role is vended from now on, or still. */
  ROLE_VERIFIED,
  /** A role is no longer safe, and no longer vended. */
  ROLE_DRIFTED,
  /** A new role is safe, and waits for an administrator. */
  ROLE_READY,
  /** A client was made or changed. */
  CLIENT_PUT,
  /** A client was removed. */
  CLIENT_REMOVED,
  /** A client is suspended. */
  CLIENT_SUSPENDED,
  /** A suspension ended. */
  CLIENT_RESUMED,
  /** The rotation of a client's ExternalId began, went on, or ended. */
  EXTERNAL_ID_ROTATED,
  /** All vending is stopped. */
  VENDING_STOPPED,
  /** Vending goes on. */
  VENDING_RESUMED,
  /** A grant was made or changed. */
  GRANT_PUT,
  /** A grant was removed. */
  GRANT_REMOVED,
  /** Another change was made. */
  CHANGED,
  /** A change was refused. */
  CHANGE_REFUSED,
  /** Nobody knows whether a change was made. */
  CHANGE_FAILED;

  /** The name for a record; empty if it only begins something. */
  public static Optional<EventName> of(AuditRecord auditRecord) {
    return switch (auditRecord) {
      case ProbeIntent intent -> Optional.empty();
      case ProbeRecord probe ->
          Optional.of(probe.result().passed() ? PROBE_PASSED : PROBE_NOT_PASSED);
      case VendRecord vend ->
          Optional.ofNullable(vend.result()).map(result -> of(result.outcome()));
      case ChangeRecord change ->
          Optional.ofNullable(change.result())
              .map(result -> of(result.outcome(), change.subject()));
    };
  }

  private static EventName of(Outcome outcome) {
    return switch (outcome) {
      case GRANTED -> VENDED;
      case DENIED -> REFUSED;
      case FAILED -> FAILED;
    };
  }

  private static EventName of(ChangeOutcome outcome, ChangeRecord.Subject subject) {
    return switch (outcome) {
      case MADE -> made(subject);
      case DENIED -> CHANGE_REFUSED;
      case FAILED -> CHANGE_FAILED;
    };
  }

  private static EventName made(ChangeRecord.Subject subject) {
    return switch (subject.action()) {
      case "clients/put" -> CLIENT_PUT;
      case "clients/remove" -> CLIENT_REMOVED;
      case "clients/rotate" -> EXTERNAL_ID_ROTATED;
      case "clients/suspend", "mine/suspend" ->
          "vending".equals(subject.target())
              ? (says(subject, "stopped") ? VENDING_STOPPED : VENDING_RESUMED)
              : (says(subject, "suspended") ? CLIENT_SUSPENDED : CLIENT_RESUMED);
      case "clients/activate", "schedule/settle", "schedule/activate" -> role(subject);
      case "schedule/ready" -> ROLE_READY;
      case "grants/put" -> GRANT_PUT;
      case "grants/remove" -> GRANT_REMOVED;
      default -> CHANGED;
    };
  }

  private static boolean says(ChangeRecord.Subject subject, String member) {
    return Boolean.TRUE.equals(after(subject).get(member));
  }

  private static EventName role(ChangeRecord.Subject subject) {
    boolean verified =
        after(subject).get("roles") instanceof Map<?, ?> roles
            && roles.get(subject.roleArn()) instanceof String state
            && state.startsWith("verified");
    return verified ? ROLE_VERIFIED : ROLE_DRIFTED;
  }

  private static Map<String, ?> after(ChangeRecord.Subject subject) {
    return subject.after() != null
            && JsonObject.read(subject.after()) instanceof JsonObject.Read(JsonObject object)
        ? object.members()
        : Map.of();
  }
}

package vended.api.admin;

import java.util.EnumMap;
import java.util.Map;
import vended.admin.change.Refusal;

/**
 * What administrators are told about a refusal: why, and what to do.
 *
 * @param own what a route says in its own way
 * @param retry how to try again after a version conflict
 */
record AdminAdvice(Map<Refusal, String> own, String retry) {
  /** For routes that say nothing of their own. */
  static final AdminAdvice GENERAL =
      new AdminAdvice(Map.of(), "Read it again, and send its current version.");

  AdminAdvice {
    own = Map.copyOf(own);
  }

  AdminAdvice with(Refusal refusal, String text) {
    Map<Refusal, String> more = new EnumMap<>(Refusal.class);
    more.putAll(own);
    more.put(refusal, text);
    return new AdminAdvice(more, retry);
  }

  String of(Refusal refusal) {
    return own.getOrDefault(refusal, general(refusal));
  }

  private static String general(Refusal refusal) {
    return switch (refusal) {
      case NO_CLIENT -> "This account has no client. Add one with /clients/put.";
      case CLIENT_ROLE -> "The vendor may be behind this principal.";
      case NO_GRANT -> "This caller has no grant of this role. /grants/list has all grants.";
      case NO_PROBE -> "The audit has no probe with this probeId.";
      case CORRUPT_ROW ->
          "A row that this change needs is invalid, so nothing was changed. The list says what is"
              + " wrong with it; fix it in the table.";
      case EXTERNAL_ID_TAKEN ->
          "Another client has or had this ExternalId. Each client needs its own.";
      case GRANTS_LEFT ->
          "There are grants of roles in this account. Remove them first: /access/list with this"
              + " account has them.";
      case NO_ROTATION ->
          "The client's ExternalId is not being rotated. The step start begins a rotation, except"
              + " in the vendor's own account, where roles need no ExternalId.";
      case ROTATION_NOT_SWITCHED ->
          "Vends still use the old ExternalId. The step switch comes first, or cancel.";
      case ROTATION_SWITCHED ->
          "Vends use the new ExternalId already. The step finish ends the rotation, and back takes"
              + " the switch back.";
      case EXTERNAL_ID_NOT_ACCEPTED ->
          "Not every verified role is known to accept the other ExternalId. Let the client accept"
              + " both, probe each role, and take the step again.";
      case EXTERNAL_ID_NOT_REFUSED ->
          "Not every role is known to refuse the previous ExternalId, and if it is vended, to"
              + " accept the new one. Let the client change the trust policies, probe each role,"
              + " and take the step again.";
      case ROLE_NOT_KNOWN ->
          "The client of the role's account does not list this role. Put the client with this role"
              + " first.";
      case ROLE_NOT_VERIFIED ->
          "No probe has found this role safe, or a later one found it unsafe. Probe it, and"
              + " activate it with the probeId.";
      case PROBE_NOT_PASSED ->
          "The probe did not find the role safe. If the role was verified before and was now found"
              + " unsafe, it is no longer vended.";
      case PROBE_TOO_OLD ->
          "The probe is older than a day, or a newer probe of the role has started or ended. Probe"
              + " the role again, and activate that probe.";
      case PROBE_OF_ANOTHER_EXTERNAL_ID ->
          "The probe used another ExternalId than the client has now. Probe the role again.";
    };
  }

  /**
   * Advice after a version conflict.
   *
   * @param currentVersion the stored version; 0 if the row is gone
   */
  String conflict(long currentVersion) {
    return currentVersion == 0
        ? "The row does not exist any more. Nothing was changed."
        : "The row has another version: somebody changed it, or it exists already. Nothing was"
            + " changed. "
            + retry;
  }
}

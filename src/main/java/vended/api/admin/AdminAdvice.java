package vended.api.admin;

import vended.admin.change.Refusal;

/** What administrators are told of a refusal: why, and what to do, which depends on the route. */
final class AdminAdvice {
  private AdminAdvice() {}

  static String of(AdminRoute route, Refusal refusal) {
    return switch (refusal) {
      case NO_CLIENT -> noClient(route);
      case NO_GRANT -> noGrant(route);
      case NO_PROBE -> "The audit has no probe of this probeId.";
      case CORRUPT_ROW ->
          "A row that this is about can't be read, so it is not changed. The list says what is"
              + " wrong with it; whoever may write to the table can fix it.";
      case EXTERNAL_ID_TAKEN -> "Another client has this ExternalId. Each client has its own.";
      case ROLE_NOT_KNOWN ->
          "The client of the role's account does not have this role among its roles. Put the client"
              + " with this role first.";
      case ROLE_NOT_VERIFIED ->
          "No probe has found this role safe, or one found it unsafe since. Probe it, and activate"
              + " it with the probeId.";
      case PROBE_NOT_PASSED ->
          "The probe did not find the role safe. If it was verified before and was found unsafe, it"
              + " no longer is, and is not vended.";
      case PROBE_TOO_OLD ->
          "The probe is older than a day, or a newer one of the role has started or ended. Probe"
              + " the role again, and activate that probe.";
      case PROBE_OF_ANOTHER_EXTERNAL_ID ->
          "The probe was made with another ExternalId than the client has. Probe it again.";
    };
  }

  private static String noClient(AdminRoute route) {
    return switch (route) {
      case CLIENTS_PUT -> "There is no client of this account. Leave version out to add one.";
      case CLIENTS_SUSPEND ->
          "There is no client of this account, so there is nothing to suspend or resume."
              + " /clients/list has the accounts of all clients.";
      case GRANTS_PUT, GRANTS_APPLY ->
          "There is no client of the role's account. Put the client with this role first.";
      case CLIENTS_ACTIVATE ->
          "There is no client of the probed role's account. Put the client with this role first.";
      default -> "There is no client of this account. /clients/put adds one.";
    };
  }

  private static String noGrant(AdminRoute route) {
    String none = "There is no grant of this role to this caller";
    return switch (route) {
      case GRANTS_PUT -> none + ". Leave version out to add one.";
      case GRANTS_APPLY -> none + " any more: somebody removed it. Plan again.";
      default -> none + ", so there is nothing to remove. /grants/list has all grants.";
    };
  }

  static String conflict(AdminRoute route, long currentVersion) {
    if (currentVersion == 0) {
      return "There is no such row any more. Nothing was changed.";
    }
    String changed =
        "The row is of another version: somebody changed it, or it is there already. Nothing"
            + " was changed. ";
    return route == AdminRoute.GRANTS_APPLY
        ? changed + "Plan again."
        : changed + "Read it again, and give the version that it has.";
  }
}

package vended.api.vend;

import vended.audit.Reason;

/** What a caller is told of a failure: its class and what to do, and none of STS's own words. */
final class FailureText {
  private FailureText() {}

  static String of(Reason reason) {
    return switch (reason) {
      case STS_ACCESS_DENIED ->
          "STS did not let the vendor role assume the client role: the role's trust policy does not"
              + " allow it, the role no longer exists, or the vendor role's policy does not cover"
              + " it.";
      case STS_POLICY_MALFORMED ->
          "STS found the session policy malformed. Mend the request's or the grant's policy.";
      case STS_POLICY_TOO_LARGE ->
          "STS found the session policy and tags too large once packed. Shorten them.";
      case STS_REGION_DISABLED ->
          "STS is not activated for this region in the client's account. The client can activate it"
              + " in IAM's account settings.";
      case STS_VENDOR_CREDENTIALS ->
          "STS did not take the vending function's own credentials. This is the operator's to"
              + " mend.";
      case STS_INVALID_ARGUMENT ->
          "STS refused an argument: most likely the duration is longer than the client role's"
              + " maximum.";
      case STS_WRONG_ROLE, STS_INCOMPLETE, STS_WRONG_EXPIRY ->
          "STS answered with something other than was asked for, and it was dropped. This is the"
              + " operator's to look into.";
      default -> "STS refused. The audit record of this vendId has the class of the failure.";
    };
  }
}

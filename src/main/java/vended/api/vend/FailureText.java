package vended.api.vend;

import vended.audit.Reason;

/** What a caller is told about a failure: its class and what to do, without STS's own message. */
final class FailureText {
  private FailureText() {}

  static String of(Reason reason) {
    return switch (reason) {
      case STS_ACCESS_DENIED ->
          "STS did not let the vendor role assume the client role: the role's trust policy does not"
              + " allow it, the role no longer exists, or the vendor role's policy does not cover"
              + " it.";
      case STS_POLICY_MALFORMED ->
          "STS found the session policy malformed. Fix the policy of the request or of the grant.";
      case STS_POLICY_TOO_LARGE ->
          "The session policy and tags are too large for STS once packed. Shorten them.";
      case STS_REGION_DISABLED ->
          "STS is not activated for this region in the client's account. The client can activate it"
              + " in IAM's account settings.";
      case STS_VENDOR_CREDENTIALS ->
          "STS refused the vending function's own credentials. The operator must fix this.";
      case STS_INVALID_ARGUMENT ->
          "STS refused an argument: most likely the duration is longer than the client role's"
              + " maximum.";
      case STS_WRONG_ROLE, STS_INCOMPLETE, STS_WRONG_EXPIRY ->
          "STS returned other credentials than requested, and they were dropped. The operator must"
              + " investigate.";
      default -> "STS refused. The audit record with this vendId has the class of the failure.";
    };
  }
}

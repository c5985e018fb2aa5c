package vended.audit.form;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import vended.audit.Reason;

/** Explains recorded reasons to people: the one list of words for reports and for explanations. */
public final class ReasonText {
  private static final Map<String, Reason> BY_CODE =
      Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::code, Function.identity()));

  private ReasonText() {}

  /** What a recorded word means; empty for a word of another version. */
  public static String of(String code) {
    Reason reason = BY_CODE.get(code);
    return reason == null ? "" : of(reason);
  }

  /** What a reason means: a sentence without its full stop. */
  public static String of(Reason reason) {
    return switch (reason) {
      case IDENTITY_MISSING -> "API Gateway named no caller";
      case IDENTITY_ROOT -> "An account’s root user asked";
      case IDENTITY_FEDERATED -> "A federated user asked";
      case IDENTITY_COGNITO -> "A Cognito identity asked";
      case IDENTITY_WRONG_STAGE -> "The call came through another stage of the API";
      case IDENTITY_ACCOUNT_MISMATCH -> "The caller’s ARN and account do not match";
      case IDENTITY_MALFORMED -> "The caller is not an IAM user or a role’s session";
      case VENDING_STOPPED -> "All vending was stopped";
      case CORRUPT_SWITCH -> "The switch of all vending is corrupt";
      case NO_GRANT -> "No grant of this role to this caller";
      case CORRUPT_GRANT -> "The grant’s row is corrupt";
      case CALLER_ID_MISMATCH -> "The grant names another unique ID: the caller was re-created";
      case GRANT_DISABLED -> "The grant is switched off";
      case GRANT_NOT_YET_VALID -> "The grant is not valid yet";
      case GRANT_EXPIRED -> "The grant has expired";
      case CORRUPT_HOLD -> "The row of the client’s own suspension is corrupt";
      case SUSPENDED_BY_CLIENT -> "The client has suspended itself";
      case NO_CLIENT -> "No client has the role’s account";
      case CORRUPT_CLIENT -> "The client’s row is corrupt";
      case CLIENT_SUSPENDED -> "The client is suspended";
      case NOT_OWN_ACCOUNT -> "A client’s account is wrongly marked as the vendor’s own";
      case ROLE_NOT_VERIFIED -> "No probe has found the role safe";
      case ROLE_NOT_KNOWN -> "A probe of a role that no client has";
      case DURATION_OVER_GRANT -> "More seconds than the grant allows";
      case POLICY_SET_BY_GRANT -> "A session policy where the grant sets its own";
      case ALLOW_LIST_UNAVAILABLE -> "The allow-list could not be read";
      case STS_ACCESS_DENIED -> "STS refused: the trust policy, or the vendor role’s";
      case STS_POLICY_MALFORMED -> "STS found the session policy malformed";
      case STS_POLICY_TOO_LARGE -> "Session policy and tags are too large for STS";
      case STS_REGION_DISABLED -> "STS is not active in the client’s Region";
      case STS_VENDOR_CREDENTIALS -> "STS refused the vendor role’s own credentials";
      case STS_INVALID_ARGUMENT -> "STS refused an argument";
      case STS_REFUSED -> "STS refused for another reason";
      case STS_THROTTLED -> "STS throttled the calls";
      case STS_UNAVAILABLE -> "STS did not answer; it may have issued credentials";
      case STS_WRONG_ROLE -> "STS answered with another role or session";
      case STS_INCOMPLETE -> "STS answered without a part of the credentials";
      case STS_WRONG_EXPIRY -> "STS answered with an impossible expiry";
    };
  }
}

package vended.audit;

import vended.identity.Caller;
import vended.text.Coded;

/** Why a vend was not granted: a closed set of codes, which auditors can filter by. */
public enum Reason implements Coded {
  /** API Gateway named no caller. */
  IDENTITY_MISSING,
  /** The caller is an account's root user. */
  IDENTITY_ROOT,
  /** The caller is a federated user. */
  IDENTITY_FEDERATED,
  /** The caller is a Cognito identity. */
  IDENTITY_COGNITO,
  /** The request came through another stage of the API, such as its own test of a method. */
  IDENTITY_WRONG_STAGE,
  /** The caller's ARN and account do not agree. */
  IDENTITY_ACCOUNT_MISMATCH,
  /** The caller's ARN or unique ID is not exactly a user's or a role session's. */
  IDENTITY_MALFORMED,

  /** All vending is stopped. */
  VENDING_STOPPED,
  /** The row of the switch can't be trusted; the log says what is wrong with it. */
  CORRUPT_SWITCH,
  /** No grant of this role to this caller. */
  NO_GRANT,
  /** The grant's row can't be trusted; the log says what is wrong with it. */
  CORRUPT_GRANT,
  /** The grant is bound to another unique ID: the caller was deleted and created again. */
  CALLER_ID_MISMATCH,
  /** The grant is disabled. */
  GRANT_DISABLED,
  /** The grant's notBefore is in the future. */
  GRANT_NOT_YET_VALID,
  /** The grant's expiresAt has passed. */
  GRANT_EXPIRED,
  /**
   * The row of the client's own suspension can't be trusted; the log says what is wrong with it.
   */
  CORRUPT_HOLD,
  /** The client has suspended itself. */
  SUSPENDED_BY_CLIENT,
  /** No client for the role's account. */
  NO_CLIENT,
  /** The client's row can't be trusted; the log says what is wrong with it. */
  CORRUPT_CLIENT,
  /** The client is suspended. */
  CLIENT_SUSPENDED,
  /** The client is marked as the vendor's own account, and is not. */
  NOT_OWN_ACCOUNT,
  /** The role is not among the client's verified roles. */
  ROLE_NOT_VERIFIED,

  /** A probe was asked for of a role that is not among the client's roles. */
  ROLE_NOT_KNOWN,

  /** More seconds were asked for than the grant allows. */
  DURATION_OVER_GRANT,
  /** A session policy was asked for where the grant sets its own. */
  POLICY_SET_BY_GRANT,

  /** The allow-list could not be read. */
  ALLOW_LIST_UNAVAILABLE,
  /** STS refused: the client role's trust policy or the vendor role's policy. */
  STS_ACCESS_DENIED,
  /** STS rejected the session policy as malformed. */
  STS_POLICY_MALFORMED,
  /** STS rejected the session policy and tags as too large. */
  STS_POLICY_TOO_LARGE,
  /** STS is not activated for this region in the client's account. */
  STS_REGION_DISABLED,
  /** STS rejected the vendor role's own credentials. */
  STS_VENDOR_CREDENTIALS,
  /** STS rejected an argument. */
  STS_INVALID_ARGUMENT,
  /** STS refused with another code. */
  STS_REFUSED,
  /** STS throttled the call, and the retries. */
  STS_THROTTLED,
  /** STS did not respond, or failed, also when retried. It may have issued credentials. */
  STS_UNAVAILABLE,
  /** STS responded with another role or session than the one asked for. */
  STS_WRONG_ROLE,
  /** The response of STS lacks a part of the credentials. */
  STS_INCOMPLETE,
  /** The expiry is in the past, or later than asked for. */
  STS_WRONG_EXPIRY;

  /** Why an identity was refused. */
  public static Reason of(Caller.Fault fault) {
    return switch (fault) {
      case MISSING -> IDENTITY_MISSING;
      case ROOT -> IDENTITY_ROOT;
      case FEDERATED -> IDENTITY_FEDERATED;
      case COGNITO -> IDENTITY_COGNITO;
      case WRONG_STAGE -> IDENTITY_WRONG_STAGE;
      case ACCOUNT_MISMATCH -> IDENTITY_ACCOUNT_MISMATCH;
      case MALFORMED -> IDENTITY_MALFORMED;
    };
  }
}

package vended.access.why;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.access.why.Recorded.Kind;
import vended.access.why.Recorded.State;
import vended.audit.Reason;
import vended.identity.RoleArn;

/** What to do about a recorded reason that the allow-list does not show, or no longer. */
final class Advice {
  private static final Map<String, Reason> BY_CODE =
      Arrays.stream(Reason.values()).collect(Collectors.toMap(Reason::code, Function.identity()));

  private Advice() {}

  /** What to do; empty if the allow-list's obstacles say it all. */
  static List<Remedy> of(Recorded recorded) {
    if (recorded.kind() == Kind.CHANGE || recorded.kind() == Kind.PROBE) {
      return ofOthers(recorded);
    }
    if (recorded.state() == State.OPEN) {
      return List.of(
          Remedy.of(
              "The function was cut off, so nobody received anything. STS may have issued"
                  + " credentials: look for this ID in the client's CloudTrail, and run the command"
                  + " again."));
    }
    Reason reason = recorded.reason() == null ? null : BY_CODE.get(recorded.reason());
    return Optional.ofNullable(reason).map(known -> words(known, recorded.roleArn())).stream()
        .toList();
  }

  private static List<Remedy> ofOthers(Recorded recorded) {
    RoleArn role = recorded.roleArn();
    if (recorded.kind() == Kind.CHANGE || role == null) {
      return List.of();
    }
    if (recorded.isFor(Reason.ROLE_NOT_KNOWN)) {
      return List.of(
          Remedy.of(
              "A role must be one of a client's before it is probed:",
              "vend",
              "client",
              "put",
              role.account(),
              "--role",
              role.value()));
    }
    return recorded.state() == State.NOT_PASSED ? List.of(verify(role)) : List.of();
  }

  private static Remedy verify(RoleArn role) {
    return Remedy.of(
        "Probe the role: this says what the client must change.",
        "vend",
        "client",
        "verify",
        role.value());
  }

  private static @Nullable Remedy words(Reason reason, @Nullable RoleArn role) {
    return switch (reason) {
      case IDENTITY_MISSING, IDENTITY_WRONG_STAGE ->
          Remedy.of(
              "Call the URL in the stack's output VendUrl, signed. If the call came past API"
                  + " Gateway, find out who invoked the function.");
      case IDENTITY_ROOT, IDENTITY_FEDERATED, IDENTITY_COGNITO ->
          Remedy.of("Call as an IAM role or user: nobody else can have a grant.");
      case IDENTITY_ACCOUNT_MISMATCH, IDENTITY_MALFORMED ->
          Remedy.of(
              "Call as an IAM role or user. If the caller is one, an operator must look at what API"
                  + " Gateway sent.");
      case VENDING_STOPPED,
          CORRUPT_SWITCH,
          NO_GRANT,
          CORRUPT_GRANT,
          CALLER_ID_MISMATCH,
          GRANT_DISABLED,
          GRANT_NOT_YET_VALID,
          GRANT_EXPIRED,
          CORRUPT_HOLD,
          SUSPENDED_BY_CLIENT,
          NO_CLIENT,
          CORRUPT_CLIENT,
          CLIENT_SUSPENDED,
          NOT_OWN_ACCOUNT,
          ROLE_NOT_VERIFIED,
          ROLE_NOT_KNOWN,
          DURATION_OVER_GRANT,
          POLICY_SET_BY_GRANT ->
          null;
      case ALLOW_LIST_UNAVAILABLE, STS_THROTTLED ->
          Remedy.of("This passes by itself. If it lasts, look at the alarms of the stack.");
      case STS_UNAVAILABLE ->
          Remedy.of(
              "This passes by itself. Nobody received credentials that STS may have issued: the"
                  + " client's CloudTrail shows them under this ID.");
      case STS_ACCESS_DENIED ->
          role == null
              ? Remedy.of("The client's trust policy refuses the vendor role.")
              : verify(role);
      case STS_POLICY_MALFORMED ->
          Remedy.of("Fix the session policy, of the request or of the grant.");
      case STS_POLICY_TOO_LARGE ->
          Remedy.of("Shorten the session policy and tags, of the request or of the grant.");
      case STS_REGION_DISABLED ->
          Remedy.of("The client activates STS for this Region in its IAM account settings.");
      case STS_INVALID_ARGUMENT ->
          Remedy.of(
              "Most likely the role's own maximum is shorter than the duration: ask for less, or"
                  + " have the client raise it.");
      case STS_VENDOR_CREDENTIALS, STS_REFUSED, STS_WRONG_ROLE, STS_INCOMPLETE, STS_WRONG_EXPIRY ->
          Remedy.of("An operator must look into this: the vending function's log has this ID.");
    };
  }
}

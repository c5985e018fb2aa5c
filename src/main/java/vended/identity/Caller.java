package vended.identity;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as verified by API Gateway.
 *
 * @param arn the canonical ARN that grants are made out to
 * @param uniqueId the unique ID of the user or role ({@code AIDA…}, {@code AROA…}): a role that is
 *     deleted and created again keeps its ARN but not its ID
 * @param session the name of a role's session; null for a user
 */
public record Caller(CallerArn arn, String uniqueId, @Nullable String session) {
  /** The one stage of the API that asks for signatures, as in template.yaml. */
  private static final String STAGE = "v1";

  private static final Pattern ROOT = Pattern.compile(Arns.IAM + "root");
  private static final Pattern FEDERATED =
      Pattern.compile(
          "arn:%s:sts::%s:federated-user/.*".formatted(Arns.PARTITION, AccountId.REGEX));
  private static final Pattern ROLE_SESSION =
      Pattern.compile(
          "arn:(%1$s):sts::(%2$s):assumed-role/(%3$s{1,64})/(%3$s{2,64})"
              .formatted(Arns.PARTITION, AccountId.REGEX, Arns.NAME));
  // The ID becomes the SourceIdentity, of which STS takes 64 characters.
  private static final Pattern ROLE_ID = Pattern.compile("(AROA[A-Z0-9]{1,60}):(.+)");
  private static final Pattern USER_ID = Pattern.compile("AIDA[A-Z0-9]{1,60}");

  /** The caller, or why there is none. */
  public sealed interface Identification {}

  /** A caller that may have grants. */
  public record Identified(Caller caller) implements Identification {}

  /** An identity that is refused whatever the allow-list says. */
  public record Unidentified(Fault fault) implements Identification {}

  /** Why an identity is refused. */
  public enum Fault {
    /**
     * API Gateway named no caller: the route lacks IAM authorization, or the call went around it.
     */
    MISSING,
    /** An account's root user. */
    ROOT,
    /** A session of GetFederationToken, which is not a role's. */
    FEDERATED,
    /** A Cognito identity. */
    COGNITO,
    /**
     * The call came through another stage than the API's own. API Gateway's test of a method
     * (TestInvokeMethod) is one, and checks neither a signature nor a policy of the caller or the
     * API.
     */
    WRONG_STAGE,
    /** The ARN is in another account than the one that API Gateway names. */
    ACCOUNT_MISMATCH,
    /** Anything else that is not exactly a user or a role's session. */
    MALFORMED
  }

  /** Identifies the caller from what API Gateway verified. */
  public static Identification identify(GatewayIdentity identity) {
    String arn = identity.userArn();
    String caller = identity.caller();
    String account = identity.accountId();
    if (identity.cognito()) {
      return new Unidentified(Fault.COGNITO);
    }
    if (arn == null || caller == null || account == null || arn.isBlank()) {
      return new Unidentified(Fault.MISSING);
    }
    if (!STAGE.equals(identity.stage())) {
      return new Unidentified(Fault.WRONG_STAGE);
    }
    if (ROOT.matcher(arn).matches()) {
      return new Unidentified(Fault.ROOT);
    }
    if (FEDERATED.matcher(arn).matches()) {
      return new Unidentified(Fault.FEDERATED);
    }
    Caller identified = roleSession(arn, caller);
    if (identified == null) {
      identified = user(arn, caller);
    }
    if (identified == null) {
      return new Unidentified(Fault.MALFORMED);
    }
    return identified.arn.account().equals(account)
        ? new Identified(identified)
        : new Unidentified(Fault.ACCOUNT_MISMATCH);
  }

  private static @Nullable Caller roleSession(String arn, String caller) {
    Matcher session = ROLE_SESSION.matcher(arn);
    Matcher id = ROLE_ID.matcher(caller);
    // Both contain the name of the session; if they differ, neither can be trusted.
    if (!session.matches() || !id.matches() || !session.group(4).equals(id.group(2))) {
      return null;
    }
    CallerArn role =
        new CallerArn(
            "arn:%s:iam::%s:role/%s"
                .formatted(session.group(1), session.group(2), session.group(3)));
    return new Caller(role, id.group(1), session.group(4));
  }

  private static @Nullable Caller user(String arn, String caller) {
    if (!USER_ID.matcher(caller).matches()) {
      return null;
    }
    return CallerArn.parse(arn)
        .filter(parsed -> !parsed.isRole())
        .map(parsed -> new Caller(parsed, caller, null))
        .orElse(null);
  }
}

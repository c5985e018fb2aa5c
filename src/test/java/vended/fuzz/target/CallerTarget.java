package vended.fuzz.target;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.identity.Caller;
import vended.identity.Caller.Identified;
import vended.identity.CallerArn;
import vended.identity.GatewayIdentity;

/**
 * Identities as API Gateway reports them: no two principals get the same canonical ARN, nothing but
 * what was verified decides, and every caller's ID is one that STS takes as a SourceIdentity.
 */
public final class CallerTarget implements Target {
  private static final List<String> NAMES =
      List.of("Deployer", "deployer", "DEPLOYER", "Deployer2", "a", "x".repeat(64), "A+=,.@-_9");

  /** Who calls, as IAM tells principals apart. */
  private record Principal(String partition, String account, boolean isRole, String name) {}

  /** What API Gateway would report. */
  private record Report(Principal principal, GatewayIdentity identity) {}

  @Override
  public void check(byte[] input) {
    Data data = new Data(input);
    Report one = report(data);
    Report other = report(data);
    Caller oneCaller = caller(one);
    Caller otherCaller = caller(other);
    if (oneCaller != null && otherCaller != null) {
      Target.check(
          one.principal().equals(other.principal()) == oneCaller.arn().equals(otherCaller.arn()),
          "two callers have the same canonical form if they are the same principal, and else not",
          one,
          other);
    }
    raw(data);
  }

  private static Report report(Data data) {
    String partition = data.pick(List.of("aws", "aws-cn", "aws-us-gov"));
    String account = data.pick(List.of("111122223333", "444455556666", "000000000000"));
    boolean isRole = data.flag();
    String name = data.flag() ? data.pick(NAMES) : data.text(64);
    String path = data.flag() ? "" : data.pick(List.of("a/", "a/b/", "A/", "user/", "x*?/"));
    String session = data.flag() ? "build-42" : data.text(64);
    String suffix = data.pick(List.of("EXAMPLE1", "X", "EXAMPLE2", "Y".repeat(60)));
    String arn =
        isRole
            ? "arn:%s:sts::%s:assumed-role/%s/%s".formatted(partition, account, name, session)
            : "arn:%s:iam::%s:user/%s".formatted(partition, account, path + name);
    String id = isRole ? "AROA" + suffix + ":" + session : "AIDA" + suffix;
    return new Report(
        new Principal(partition, account, isRole, isRole ? name : path + name),
        new GatewayIdentity(
            arn, id, account, data.text(8), false, "v1", data.text(8), data.text(8)));
  }

  private static @Nullable Caller caller(Report report) {
    if (!(Caller.identify(report.identity()) instanceof Identified(Caller caller))) {
      return null;
    }
    sound(caller, report.identity());
    Principal principal = report.principal();
    Target.check(caller.arn().isRole() == principal.isRole(), "the kind", report);
    Target.check(caller.arn().account().equals(principal.account()), "the account", report);
    Target.check(
        CallerArn.parse(
                "arn:%s:iam::%s:%s/%s"
                    .formatted(
                        principal.partition(),
                        principal.account(),
                        principal.isRole() ? "role" : "user",
                        principal.name()))
            .filter(caller.arn()::equals)
            .isPresent(),
        "a grant that is written for the principal is the caller's",
        report);
    return caller;
  }

  /** An identity of texts that API Gateway would never report. */
  private static void raw(Data data) {
    GatewayIdentity identity =
        new GatewayIdentity(
            data.text(),
            data.text(),
            data.text(16),
            null,
            data.flag(),
            data.flag() ? "v1" : data.text(8),
            null,
            null);
    if (Caller.identify(identity) instanceof Identified(Caller caller)) {
      sound(caller, identity);
    }
  }

  private static void sound(Caller caller, GatewayIdentity identity) {
    String id = caller.uniqueId();
    Target.check(id.matches("\\w{2,64}"), "STS takes the ID as a SourceIdentity", identity);
    Target.check(
        !id.toLowerCase(Locale.ROOT).startsWith("aws:"), "the ID is not reserved", identity);
    Target.check(!identity.cognito(), "no Cognito identity is a caller", identity);
    Target.check("v1".equals(identity.stage()), "only the API's own stage", identity);
    Target.check(
        caller.arn().account().equals(identity.accountId()), "of the account named", identity);
    Target.check(("" + identity.caller()).startsWith(id), "the ID is what was verified", identity);
    Target.check(
        caller.arn().isRole() == (caller.session() != null), "sessions are roles'", identity);
    GatewayIdentity other =
        new GatewayIdentity(
            identity.userArn(),
            identity.caller(),
            identity.accountId(),
            "another key",
            false,
            "v1",
            "another address",
            "another agent");
    Target.check(
        Caller.identify(other).equals(new Identified(caller)),
        "key, address and agent decide nothing",
        identity);
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "\0\0\1\1\0\1\0",
        "\0\0\0\1\0\0\1\1\0",
        "\0\0\1\1\0\1\1\0\0\0\0\0\0\1\1\1\1\1\1\0\0\0",
        "\1\1\1\0Deployer\0\1\0s-1\0\1\0\0\0\1\1\1\0deployer\0\1\0s-1\0\1\0\0\0"
            + "arn:aws:iam::111122223333:user/a\0AIDAEXAMPLE\000111122223333\0\0\1");
  }

  @Override
  public List<String> words() {
    return List.of(
        "Deployer",
        "\0",
        "\1",
        "assumed-role/",
        "arn:aws:sts::",
        "111122223333",
        "AROA",
        "AIDA",
        ":",
        "/",
        "build-42",
        ":root",
        "v1");
  }
}

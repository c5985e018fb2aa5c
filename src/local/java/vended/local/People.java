package vended.local;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import vended.iam.Policy;
import vended.template.Template;

/**
 * Everyone who has a key on the laptop. What each may do is in the template's policies.
 *
 * @param pipeline a build server's IAM user, with a grant
 * @param session a build as a session of the role {@code Deployer}, with a grant of its own
 * @param client an IAM user of the demonstration's client, whose account lets it call {@code
 *     /mine/*}
 * @param newClient the same of the client who is yet to be let in
 * @param vendor the vending function, as the vendor role
 * @param reprobe the re-probing function, as the same role
 */
public record People(
    Keys.Key pipeline,
    Keys.Key session,
    Keys.Key administrator,
    Keys.Key auditor,
    Keys.Key client,
    Keys.Key newClient,
    Keys.Key vendor,
    Keys.Key reprobe) {

  /** Longer than any session in AWS: the stack may run for days, and nobody renews these. */
  private static final Duration SESSION = Duration.ofDays(365);

  static People hire(Template template, Keys keys, Attachments attachments, Instant now) {
    String account = template.pseudo("AccountId");
    Instant end = now.plus(SESSION);
    String vendFunction = template.routes().getFirst().function();
    String vendorRole = template.arn(template.roles().functionRole(vendFunction));
    var people =
        new People(
            keys.issue(user(keys, account, "pipelines/demo-pipeline")),
            keys.issue(
                session(keys, "arn:aws:iam::%s:role/Deployer".formatted(account), "build-42"), end),
            keys.issue(user(keys, account, "demo-administrator")),
            keys.issue(user(keys, account, "demo-auditor")),
            keys.issue(user(keys, Demonstration.CLIENT_ACCOUNT, "demo-client")),
            keys.issue(user(keys, Demonstration.NEW_ACCOUNT, "demo-client")),
            keys.issue(session(keys, vendorRole, "vend"), end),
            keys.issue(session(keys, vendorRole, "reprobe"), end));
    attach(attachments, people.pipeline, template, "CallerPolicy");
    attach(attachments, people.session, template, "CallerPolicy");
    attach(attachments, people.administrator, template, "AdministratorPolicy");
    attach(attachments, people.auditor, template, "AuditorPolicy");
    for (Keys.Key one : List.of(people.client, people.newClient)) {
      attachments.attach(one.principal().identityArn(), List.of(mine(template)));
    }
    attachments.runs(people.vendor.principal(), template.arn(vendFunction));
    attachments.runs(people.reprobe.principal(), template.arn("ReprobeFunction"));
    attachments.attach(
        vendorRole,
        template.functionPolicies(vendFunction).stream().map(Policy::identity).toList());
    return people;
  }

  /** What a client's own administrator attaches. */
  public static Policy mine(Template template) {
    return Policy.identity(
        Map.of(
            "Version",
            "2012-10-17",
            "Statement",
            List.of(
                Map.of(
                    "Effect",
                    "Allow",
                    "Action",
                    "execute-api:Invoke",
                    "Resource",
                    template.api().stageArn() + "/POST/mine/*"))));
  }

  /** A policy that the template doesn't publish allows nothing. */
  private static void attach(
      Attachments attachments, Keys.Key key, Template template, String policy) {
    boolean published = template.ofType("AWS::IAM::ManagedPolicy").contains(policy);
    attachments.attach(
        key.principal().identityArn(),
        published ? List.of(Policy.identity(template.managedPolicy(policy))) : List.of());
  }

  private static Principal user(Keys keys, String account, String pathAndName) {
    String arn = "arn:aws:iam::%s:user/%s".formatted(account, pathAndName);
    return Principal.user(arn, keys.uniqueId("AIDA"));
  }

  private static Principal session(Keys keys, String roleArn, String name) {
    return Principal.session(roleArn, keys.uniqueId("AROA"), name);
  }
}

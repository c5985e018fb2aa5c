package vended.chaos;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.chaos.Deed.Kind;
import vended.iam.Policy;
import vended.local.AllowListRows;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Principal;
import vended.template.Template;

/** What the vending function is asked for. */
final class VendDeeds {
  private static final String OTHER_ROLE = "arn:aws:iam::444455556666:role/vended/other";

  private VendDeeds() {}

  static List<Deed> all() {
    return List.of(
        new Deed("vend", Kind.VEND, (stand, known) -> vend(stand, "")),
        new Deed(
            "vend without a grant",
            Kind.VEND,
            (stand, known) ->
                credentials(stand, stand.stack().people().pipeline(), OTHER_ROLE, "")),
        new Deed(
            "vend for a federated user",
            Kind.VEND,
            (stand, known) -> credentials(stand, federated(stand), role(stand), "")),
        new Deed(
            "vend beyond the grant",
            Kind.VEND,
            VendDeeds::shorten,
            (stand, known) -> vend(stand, ",\"durationSeconds\":3600")),
        new Deed(
            "vend that the client refuses",
            Kind.VEND,
            VendDeeds::refuse,
            (stand, known) -> vend(stand, "")),
        new Deed(
            "roles",
            Kind.READ,
            (stand, known) -> stand.post(stand.stack().people().pipeline(), "/roles", "{}")),
        new Deed("probe", Kind.PROBE, (stand, known) -> probe(stand)),
        new Deed(
            "probe of an open role", Kind.PROBE, VendDeeds::open, (stand, known) -> probe(stand)),
        new Deed(
            "probe of a stranger's role",
            Kind.PROBE,
            (stand, known) -> probe(stand, "arn:aws:iam::999999999999:role/vended/deploy")));
  }

  static String role(Stand stand) {
    return stand.stack().demonstration().roleArn();
  }

  static Stand.Answer vend(Stand stand, String members) throws Exception {
    return credentials(stand, stand.stack().people().pipeline(), role(stand), members);
  }

  private static Stand.Answer credentials(Stand stand, Keys.Key key, String role, String members)
      throws Exception {
    return stand.post(key, "/credentials", "{\"roleArn\":\"%s\"%s}".formatted(role, members));
  }

  static Stand.Answer probe(Stand stand) throws Exception {
    return probe(stand, role(stand));
  }

  private static Stand.Answer probe(Stand stand, String role) throws Exception {
    return stand.post(
        stand.stack().people().administrator(), "/probes", "{\"roleArn\":\"%s\"}".formatted(role));
  }

  private static Keys.Key federated(Stand stand) {
    LocalStack stack = stand.stack();
    Principal bob =
        new Principal(
            "arn:aws:sts::111122223333:federated-user/bob", "111122223333:bob", Optional.empty());
    Template template =
        Template.read(Path.of("template.yaml"), Map.of("AWS::Region", LocalStack.REGION));
    stack
        .attachments()
        .attach(
            bob.identityArn(), List.of(Policy.identity(template.managedPolicy("CallerPolicy"))));
    return stack.keys().issue(bob, Instant.now().plusSeconds(86_400));
  }

  /** The pipeline's grant comes to allow less. */
  private static String shorten(Stand stand) {
    Principal pipeline = stand.stack().people().pipeline().principal();
    Map<String, AttributeValue> grant =
        AllowListRows.grant(
            pipeline.identityArn(), pipeline.userId(), role(stand), stand.clock().instant());
    grant.put("maxDurationSeconds", AttributeValue.fromN("900"));
    stand.stack().tables().put(stand.stack().allowListTable(), List.of(grant));
    return "";
  }

  static String refuse(Stand stand) {
    stand.stack().sts().removeRole(role(stand));
    return "";
  }

  /** The client's role comes to let anybody in whom the vendor works for. */
  static String open(Stand stand) {
    LocalStack stack = stand.stack();
    String vendor = stack.people().vendor().principal().identityArn();
    stack
        .sts()
        .addRole(
            role(stand),
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "%s"},
              "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]}]}\
            """
                .formatted(vendor),
            stack.demonstration().maxSession());
    return "";
  }
}

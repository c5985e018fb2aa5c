package vended.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.template.Template;

/**
 * A client, its role as {@code client-role.yaml} makes it, and grants of it.
 *
 * @param account the client's
 * @param roleArn the client role
 * @param externalId what the client's trust policy asks for
 * @param trustPolicy as maps and lists
 */
public record Demonstration(
    String account, String roleArn, String externalId, Object trustPolicy, Duration maxSession) {
  public static final String CLIENT_ACCOUNT = "444455556666";

  /** Of a client whose role is there, and who is in no row yet. */
  static final String NEW_ACCOUNT = "888899990000";

  private static final String CLIENT_NAME = "Example Client";

  static Demonstration of(Principal vendor, String account, String externalId) {
    Template template =
        Template.read(
            Path.of("client-role.yaml"),
            Map.of(
                "AWS::AccountId",
                account,
                "VendorRoleArn",
                vendor.identityArn(),
                "ExternalId",
                externalId,
                "RoleName",
                "deploy"));
    Object maxSession = template.properties("ClientRole").get("MaxSessionDuration");
    return new Demonstration(
        account,
        template.arn("ClientRole"),
        externalId,
        template.roles().trustPolicy("ClientRole"),
        Duration.ofSeconds(Long.parseLong(String.valueOf(maxSession))));
  }

  /** Writes the client, and a grant for each of the callers. */
  void seed(Tables tables, String table, List<Principal> callers, Instant now) {
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    rows.add(AllowListRows.client(account, CLIENT_NAME, externalId, roleArn, now));
    for (Principal caller : callers) {
      String id = caller.userId().replaceFirst(":.*", "");
      rows.add(AllowListRows.grant(caller.identityArn(), id, roleArn, now));
    }
    tables.put(table, rows);
  }
}

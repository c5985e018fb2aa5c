package vended.allowlist.dynamo;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Client;
import vended.allowlist.Client.VerifiedRole;
import vended.allowlist.KnownClient;
import vended.allowlist.KnownClient.KnownRole;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.identity.RoleArn;

/** The form of a client in the table, in full: what {@link DynamoClientRow} reads and more. */
final class DynamoKnownClient {
  static final String KIND = "client";

  private DynamoKnownClient() {}

  /** Reads a row by the same strict rules as a vend does. */
  static Row<Stored<KnownClient>> read(String account, Map<String, AttributeValue> attributes) {
    return switch (DynamoClientRow.read(account, attributes)) {
      case Row.Missing<Client> missing -> new Row.Missing<>();
      case Row.Corrupt<Client>(String fault) -> new Row.Corrupt<>(fault);
      case Row.Found<Client>(Client client) ->
          new Row.Found<>(
              DynamoItem.kept(new KnownClient(client, roles(client, attributes)), attributes));
    };
  }

  private static Map<RoleArn, KnownRole> roles(
      Client client, Map<String, AttributeValue> attributes) {
    Map<RoleArn, KnownRole> roles = new TreeMap<>(Comparator.comparing(RoleArn::value));
    AttributeValue stored = attributes.getOrDefault("roles", AttributeValue.fromM(Map.of()));
    stored
        .m()
        .forEach(
            (arn, role) -> {
              RoleArn parsed = new RoleArn(arn);
              roles.put(
                  parsed,
                  new KnownRole(
                      client.roles().get(parsed),
                      DynamoItem.textOf(role.m(), "probeId"),
                      DynamoItem.textOf(role.m(), "drift")));
            });
    return roles;
  }

  static Map<String, AttributeValue> write(Stored<KnownClient> kept) {
    Client client = kept.value().client();
    Map<String, AttributeValue> roles = new LinkedHashMap<>();
    kept.value().roles().forEach((arn, role) -> roles.put(arn.value(), write(role)));
    return DynamoItem.of(DynamoClientRow.key(client.account()), KIND)
        .number("schema", (long) DynamoRow.SCHEMA)
        .text("name", client.name())
        .text("externalId", client.externalId())
        .flag("suspended", client.suspended())
        .flag("ownAccount", client.ownAccount())
        .map("roles", roles)
        .number("version", client.version())
        .stamps(kept)
        .attributes();
  }

  private static AttributeValue write(KnownRole role) {
    DynamoItem item = new DynamoItem();
    VerifiedRole verified = role.verified();
    if (verified != null) {
      item.text("verifiedAt", verified.verifiedAt().toString())
          .flag("sourceIdentity", verified.sourceIdentity())
          .flag("sessionTags", verified.sessionTags());
    }
    return AttributeValue.fromM(
        item.text("probeId", role.probeId()).text("drift", role.drift()).attributes());
  }
}

package vended.allowlist.dynamo;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.dynamo.DynamoRow.CorruptException;
import vended.identity.AccountId;
import vended.identity.RoleArn;

/** The form of a client in the table. */
final class DynamoClientRow {
  static final String KIND = "client";
  private static final String PREFIX = "account#";

  private DynamoClientRow() {}

  static Map<String, AttributeValue> key(String account) {
    return Map.of(
        "pk", AttributeValue.fromS(PREFIX + account), "sk", AttributeValue.fromS("client"));
  }

  /** The account in a row's key; empty if it is not a client's key. */
  static Optional<String> account(Map<String, AttributeValue> attributes) {
    return DynamoItem.after(PREFIX, attributes, "pk").filter(AccountId::matches);
  }

  /** Reads a row of a list, whose account only its key names. */
  static Row<Stored<Client>> readStored(Map<String, AttributeValue> attributes) {
    return account(attributes)
        .map(account -> readStored(account, attributes))
        .orElseGet(() -> new Row.Corrupt<>("client row: pk names no account"));
  }

  /** Reads a client as {@link #readDeciding} does. */
  static Row<Client> read(String account, Map<String, AttributeValue> attributes) {
    return readDeciding(account, attributes).map(Stored::value);
  }

  /**
   * Reads a client for a vend or a probe. An unverified role of another account is left out: it
   * can't be vended, and must not stop the vends of the client's own roles.
   */
  static Row<Stored<Client>> readDeciding(String account, Map<String, AttributeValue> attributes) {
    return read(account, attributes, false);
  }

  /** Reads a client for administrators, to whom a role of another account makes it corrupt. */
  static Row<Stored<Client>> readStored(String account, Map<String, AttributeValue> attributes) {
    return read(account, attributes, true);
  }

  private static Row<Stored<Client>> read(
      String account, Map<String, AttributeValue> attributes, boolean allRoles) {
    return DynamoRow.read(
        "client",
        attributes,
        row ->
            new Client(
                account,
                row.text("name"),
                row.optionalText("externalId"),
                row.flag("suspended"),
                row.flag("ownAccount"),
                roles(account, row.map("roles"), allRoles),
                row.version()));
  }

  private static Map<RoleArn, ClientRole> roles(
      String account, Map<String, AttributeValue> attributes, boolean all) throws CorruptException {
    Map<RoleArn, ClientRole> roles = new TreeMap<>(Comparator.comparing(RoleArn::value));
    for (var entry : attributes.entrySet()) {
      RoleArn arn =
          RoleArn.parse(entry.getKey())
              .orElseThrow(
                  () -> new CorruptException("roles contains a key that is not a role's ARN"));
      ClientRole role = role(entry.getValue());
      if (all || role.verified() != null || arn.account().equals(account)) {
        roles.put(arn, role);
      }
    }
    return roles;
  }

  private static ClientRole role(AttributeValue attributes) throws CorruptException {
    if (!attributes.hasM()) {
      throw new CorruptException("roles contains something that is not a map");
    }
    DynamoRow row = new DynamoRow(attributes.m());
    String probeId = row.optionalText("probeId");
    String drift = row.optionalText("drift");
    ClientRole.Verified verified = null;
    if (row.optionalText("verifiedAt") != null) {
      // Marking a drift removes verifiedAt, and verifying removes drift.
      if (drift != null) {
        throw new CorruptException("roles contains one with both verifiedAt and drift");
      }
      verified =
          new ClientRole.Verified(
              row.time("verifiedAt"), row.flag("sourceIdentity"), row.flag("sessionTags"));
    }
    row.skip("sourceIdentity", "sessionTags");
    ClientRole.Awaited awaited = awaited(row);
    row.checkNothingLeft();
    return new ClientRole(verified, probeId, drift, awaited);
  }

  private static ClientRole.@Nullable Awaited awaited(DynamoRow row) throws CorruptException {
    if (row.optionalText("awaitedSince") == null) {
      return null;
    }
    String by = row.optionalText("activateFor");
    String request = row.optionalText("activateRequest");
    if ((by == null) != (request == null)) {
      throw new CorruptException("roles contains one with half a request to activate it");
    }
    return new ClientRole.Awaited(
        row.time("awaitedSince"),
        by == null || request == null ? null : new ClientRole.Activation(by, request),
        row.optionalText("readyBy"));
  }

  static Map<String, AttributeValue> write(Stored<Client> stored) {
    Client client = stored.value();
    Map<String, AttributeValue> roles = new LinkedHashMap<>();
    client.roles().forEach((arn, role) -> roles.put(arn.value(), write(role)));
    return DynamoItem.of(key(client.account()), KIND)
        .number("schema", (long) DynamoRow.SCHEMA)
        .text("name", client.name())
        .text("externalId", client.externalId())
        .flag("suspended", client.suspended())
        .flag("ownAccount", client.ownAccount())
        .map("roles", roles)
        .number("version", client.version())
        .stamps(stored)
        .attributes();
  }

  private static AttributeValue write(ClientRole role) {
    DynamoItem item = new DynamoItem();
    ClientRole.Verified verified = role.verified();
    if (verified != null) {
      item.text("verifiedAt", verified.verifiedAt().toString())
          .flag("sourceIdentity", verified.sourceIdentity())
          .flag("sessionTags", verified.sessionTags());
    }
    item.text("probeId", role.probeId()).text("drift", role.drift());
    ClientRole.Awaited awaited = role.awaited();
    if (awaited != null) {
      ClientRole.Activation activation = awaited.activation();
      item.text("awaitedSince", awaited.since().toString())
          .text("activateFor", activation == null ? null : activation.by())
          .text("activateRequest", activation == null ? null : activation.request())
          .text("readyBy", awaited.readyBy());
    }
    return AttributeValue.fromM(item.attributes());
  }
}

package vended.allowlist.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.allowlist.write.GrantSlot;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.text.Sha256;

/**
 * The writes of each change, with their conditions.
 *
 * @param table the table's name
 */
record DynamoWrites(String table) {
  private static final String UNCHANGED = "#version = :expected";
  private static final String ABSENT = "attribute_not_exists(pk)";

  /** The writes of a change; the first one is that of the row itself. */
  List<TransactWriteItem> of(Change change) {
    return switch (change) {
      case Change.PutClient(Expected expected, Stored<Client> next) -> client(expected, next);
      case Change.Rotate rotate -> rotation(rotate);
      case Change.RemoveClient(Stored<Client> removed) -> removal(removed);
      case Change.SuspendClient(Expected expected, Stored<Client> next) ->
          List.of(
              put(DynamoClientRow.write(next), expected),
              put(Put.builder().item(DynamoVersionRows.suspension(next.value()))));
      case Change.PutGrant(GrantSlot slot, Stored<Grant> next) -> grant(slot, next);
      case Change.RemoveGrant(CallerArn caller, RoleArn role, GrantSlot slot) ->
          List.of(
              delete(DynamoGrantRow.key(caller, role), slot.expected()),
              put(DynamoVersionRows.grant(caller, role, slot.highest()), slot.last()));
      case Change.PutSwitch(Expected expected, Stored<Vending> next) ->
          List.of(put(DynamoVendingRow.write(next), expected));
      case Change.PutHold(Expected expected, Stored<Hold> next) ->
          List.of(put(DynamoHoldRow.write(next), expected));
    };
  }

  private List<TransactWriteItem> client(Expected expected, Stored<Client> next) {
    TransactWriteItem row = put(DynamoClientRow.write(next), expected);
    Client client = next.value();
    return expected instanceof Expected.Absent && client.externalId() != null
        // If two clients with one ExternalId are made at once, neither would see the other.
        ? List.of(row, put(externalIdRow(client.externalId(), client.account()), expected))
        : List.of(row);
  }

  private List<TransactWriteItem> rotation(Change.Rotate rotate) {
    Client before = rotate.client().value();
    String account = before.account();
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(put(DynamoClientRow.write(rotate.next()), Expected.of(rotate.client())));
    if (rotate.reserved() != null) {
      writes.add(put(externalIdRow(rotate.reserved(), account), new Expected.Absent()));
      addReservation(writes, before);
    }
    writes.add(
        rotate.rotation() == null
            ? delete(DynamoRotationRow.key(account))
            : put(Put.builder().item(DynamoRotationRow.write(rotate.rotation()))));
    return writes;
  }

  /** Clients that were written by hand have no reservation yet. */
  private void addReservation(List<TransactWriteItem> writes, Client client) {
    if (client.externalId() != null) {
      writes.add(put(Put.builder().item(externalIdRow(client.externalId(), client.account()))));
    }
  }

  private TransactWriteItem delete(Map<String, AttributeValue> key) {
    return TransactWriteItem.builder()
        .delete(Delete.builder().tableName(table).key(key).build())
        .build();
  }

  private List<TransactWriteItem> removal(Stored<Client> removed) {
    Client client = removed.value();
    List<TransactWriteItem> writes = new ArrayList<>();
    writes.add(delete(DynamoClientRow.key(client.account()), Expected.of(removed)));
    writes.add(put(Put.builder().item(DynamoVersionRows.client(client))));
    writes.add(delete(DynamoRotationRow.key(client.account())));
    addReservation(writes, client);
    return writes;
  }

  private static Map<String, AttributeValue> externalIdRow(String externalId, String account) {
    return new DynamoItem()
        .text("pk", "external-id#" + Sha256.sha256(externalId))
        .text("sk", "external-id")
        .text("account", account)
        .attributes();
  }

  private List<TransactWriteItem> grant(GrantSlot slot, Stored<Grant> next) {
    Grant grant = next.value();
    return List.of(
        put(DynamoGrantRow.write(next), slot.expected()),
        put(DynamoVersionRows.grant(grant.caller(), grant.role(), grant.version()), slot.last()));
  }

  private TransactWriteItem put(Map<String, AttributeValue> item, Expected expected) {
    Put.Builder put =
        Put.builder()
            .item(item)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    switch (expected) {
      case Expected.Absent absent -> put.conditionExpression(ABSENT);
      case Expected.Version(long number) ->
          put.conditionExpression(UNCHANGED)
              .expressionAttributeNames(Map.of("#version", "version"))
              .expressionAttributeValues(version(number));
    }
    return put(put);
  }

  private TransactWriteItem put(Put.Builder put) {
    return TransactWriteItem.builder().put(put.tableName(table).build()).build();
  }

  private TransactWriteItem delete(Map<String, AttributeValue> key, Expected expected) {
    if (!(expected instanceof Expected.Version(long number))) {
      throw new IllegalStateException("an absent row can't be deleted");
    }
    Delete delete =
        Delete.builder()
            .tableName(table)
            .key(key)
            .conditionExpression(UNCHANGED)
            .expressionAttributeNames(Map.of("#version", "version"))
            .expressionAttributeValues(version(number))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
            .build();
    return TransactWriteItem.builder().delete(delete).build();
  }

  private static Map<String, AttributeValue> version(long number) {
    return Map.of(":expected", AttributeValue.fromN(Long.toString(number)));
  }
}

package vended.fuzz.target;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.dynamo.DynamoAllowList;
import vended.allowlist.dynamo.DynamoAllowListEditor;
import vended.allowlist.read.AllowList;
import vended.allowlist.write.Change;
import vended.allowlist.write.GrantSlot;
import vended.fuzz.Data;
import vended.identity.Caller;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Rows of the allow-list that any values can have, as the service writes and reads them. */
final class Rows {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final String VENDOR = "111122223333";
  static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  static final CallerArn DEPLOYER = new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  static final Caller CALLER = new Caller(DEPLOYER, "AROAEXAMPLEDEPLOYER1", "build-42");
  private static final String TABLE = "allow-list";

  private Rows() {}

  static Vending vending(Data data) {
    return new Vending(data.below(8) == 7, 1 + data.below(1000));
  }

  /** A client; empty if there can be none of these values. */
  static Optional<Client> client(Data data) {
    Map<RoleArn, ClientRole> roles = new HashMap<>();
    if (data.below(8) < 7) {
      roles.put(ROLE, role(data));
    }
    if (data.flag()) {
      roles.put(new RoleArn("arn:aws:iam::444455556666:role/vended/other"), role(data));
    }
    boolean named = data.below(8) < 7;
    try {
      return Optional.of(
          new Client(
              ROLE.account(),
              named ? "Example Client" : data.text(),
              data.flag() ? null : "0123456789abcdef0123456789abcdef",
              data.below(8) == 7,
              data.below(8) == 7,
              roles,
              1 + data.below(1000)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ClientRole role(Data data) {
    return switch (data.below(8)) {
      case 7 -> ClientRole.UNVERIFIED;
      case 6 -> new ClientRole(null, data.flag() ? "a probe" : null, "another probe");
      default ->
          ClientRole.verified(NOW.minusSeconds(data.below(9)), "a probe", data.flag(), data.flag());
    };
  }

  /** A grant; empty if there can be none of these values. */
  static Optional<Grant> grant(Data data) {
    try {
      return Optional.of(
          new Grant(
              DEPLOYER,
              ROLE,
              data.flag() ? null : data.below(8) == 7 ? "AROAOTHER" : CALLER.uniqueId(),
              900 + data.below(2701),
              data.flag() ? null : "{\"Statement\":[]}",
              data.flag() ? List.of() : List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
              tags(data),
              time(data),
              time(data),
              data.below(8) == 7,
              data.flag() ? null : data.text(),
              1 + data.below(1000)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> tags(Data data) {
    Map<String, String> tags = new HashMap<>();
    for (int i = data.below(4); i > 0; i--) {
      tags.put(data.text(130), data.text());
    }
    return tags;
  }

  private static @Nullable Instant time(Data data) {
    return data.flag() ? null : NOW.plusSeconds(data.below(7) - 3);
  }

  /** What the service writes: the switch, the client and the grant, in this order. */
  static List<Map<String, AttributeValue>> written(
      @Nullable Vending vending, Client client, Grant grant) throws AllowListException {
    TableClient table = new TableClient(TABLE);
    var editor = new DynamoAllowListEditor(table, TABLE, Duration.ofSeconds(1));
    Change.Expected absent = new Change.Expected.Absent();
    List<Change> changes = new ArrayList<>();
    if (vending != null) {
      changes.add(new Change.PutSwitch(absent, Stored.made(vending, "t", "b")));
    }
    changes.add(new Change.PutClient(absent, Stored.made(client, "t", "b")));
    GrantSlot slot = new GrantSlot(new Row.Missing<>(), absent);
    changes.add(new Change.PutGrant(slot, Stored.made(grant, "t", "b")));
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (Change change : changes) {
      table.items.clear();
      editor.make(change);
      rows.add(table.items.getFirst());
    }
    return rows;
  }

  /** How the service reads items, whatever it asked for. */
  static AllowList.Entry read(List<Map<String, AttributeValue>> items) throws AllowListException {
    TableClient table = new TableClient(TABLE);
    table.items.addAll(items);
    return new DynamoAllowList(table, TABLE, Duration.ofSeconds(1)).find(DEPLOYER, ROLE);
  }
}

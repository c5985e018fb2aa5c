package vended.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.Tables;

/**
 * A stand-in for an AWS account: what there is by which name, and which stack owns it. Tables' rows
 * are in DynamoDB Local.
 */
final class StandInAccount {
  static final String TABLE = "AWS::DynamoDB::Table";
  static final String ROLE = "AWS::IAM::Role";

  /** The property that names a resource; without it, CloudFormation makes a name. */
  static final Map<String, String> NAMES =
      Map.of(
          ROLE,
          "RoleName",
          TABLE,
          "TableName",
          "AWS::Serverless::Function",
          "FunctionName",
          "AWS::Serverless::StateMachine",
          "Name");

  /**
   * IAM: "IAM and AWS STS quotas"; Lambda and Step Functions: CreateFunction, CreateStateMachine.
   */
  private static final Map<String, Integer> LONGEST =
      Map.of(ROLE, 64, "AWS::Serverless::Function", 64, "AWS::Serverless::StateMachine", 80);

  /** What RestoreTableToPointInTime does not set (API reference). */
  private static final List<String> NOT_RESTORED =
      List.of(
          "ResourcePolicy",
          "TimeToLiveSpecification",
          "PointInTimeRecoverySpecification",
          "DeletionProtectionEnabled",
          "KinesisStreamSpecification");

  private final Map<String, Thing> things = new TreeMap<>();
  private final Optional<Tables> tables;
  private int made;

  /** Something in the account. */
  static final class Thing {
    final String type;
    final String name;
    final String uniqueId;
    final Map<String, Object> properties;
    Optional<String> owner = Optional.empty();

    /** Of a policy: somebody has it. */
    boolean attached;

    private Thing(String type, String name, String uniqueId, Map<String, Object> properties) {
      this.type = type;
      this.name = name;
      this.uniqueId = uniqueId;
      this.properties = new LinkedHashMap<>(properties);
    }
  }

  /** An account where nobody looks into tables, if there are none. */
  StandInAccount(Optional<Tables> tables) {
    this.tables = tables;
  }

  Optional<Thing> find(String type, String region, String name) {
    return Optional.ofNullable(things.get(key(type, region, name)));
  }

  Thing get(String type, String region, String name) {
    return find(type, region, name)
        .orElseThrow(() -> new StackFailed("there is no %s %s".formatted(type, name)));
  }

  /** What no stack owns. */
  List<String> orphans() {
    return things.values().stream()
        .filter(thing -> thing.owner.isEmpty())
        .map(thing -> thing.type + " " + thing.name)
        .toList();
  }

  /** Makes a resource, or refuses as its service would. */
  Thing make(String type, String region, String generated, Map<String, Object> properties) {
    String given = Tree.textAt(properties, NAMES.getOrDefault(type, "Name of nothing"));
    made++;
    int longest = LONGEST.getOrDefault(type, Integer.MAX_VALUE);
    String name = given == null ? made(generated, longest) : given;
    if (name.length() > longest) {
      throw new StackFailed(name + " is longer than " + longest + " characters");
    }
    Thing thing = new Thing(type, name, "ID%04d".formatted(made), properties);
    if (things.putIfAbsent(key(type, region, name), thing) != null) {
      throw new StackFailed(name + " already exists");
    }
    if (type.equals(TABLE)) {
      Table table = Table.of(name, name, name, Map.of("Properties", properties));
      tables.ifPresent(rows -> rows.client().createTable(table.createRequest(name)));
    }
    return thing;
  }

  /** CloudFormation shortens the names that it makes (User Guide, "Name type"). */
  private String made(String generated, int longest) {
    String suffix = "-%04d".formatted(made);
    return generated.substring(0, Math.min(generated.length(), longest - suffix.length())) + suffix;
  }

  void remove(String region, Thing thing) {
    if (thing.attached) {
      throw new StackFailed(thing.name + ": can't delete a policy that is attached");
    }
    if (Boolean.TRUE.equals(thing.properties.get("DeletionProtectionEnabled"))) {
      throw new StackFailed(thing.name + " is protected from deletion");
    }
    things.remove(key(thing.type, region, thing.name));
    if (thing.type.equals(TABLE)) {
      tables.ifPresent(rows -> rows.client().deleteTable(t -> t.tableName(thing.name)));
    }
  }

  /** Makes a table with the keys and indexes of another, and with these rows. */
  void restore(String region, String from, String to, List<Map<String, AttributeValue>> rows) {
    Map<String, Object> properties = new LinkedHashMap<>(get(TABLE, region, from).properties);
    properties.keySet().removeAll(NOT_RESTORED);
    properties.put("TableName", to);
    make(TABLE, region, to, properties);
    tables().put(to, rows);
  }

  /** The names of a role's inline policies. */
  List<String> rolePolicies(String role) {
    return things.values().stream()
        .filter(thing -> thing.type.equals("AWS::IAM::RolePolicy"))
        .filter(thing -> role.equals(thing.properties.get("RoleName")))
        .map(thing -> String.valueOf(thing.properties.get("PolicyName")))
        .toList();
  }

  Tables tables() {
    return tables.orElseThrow();
  }

  /** IAM's names belong to the account, in all Regions (IAM User Guide, "IAM identifiers"). */
  private static String key(String type, String region, @Nullable String name) {
    return type
        + " "
        + (type.startsWith("AWS::IAM::") ? "" : region)
        + " "
        + Objects.requireNonNull(name);
  }
}

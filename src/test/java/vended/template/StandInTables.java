package vended.template;

import static vended.template.StandInCommands.REGION;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.json.Json;

/** What {@code aws dynamodb} does in docs/operations.md, to tables of the stand-in. */
final class StandInTables {
  private final StandInAccount account;
  private final Path folder;
  private final List<Map<String, AttributeValue>> backup;

  /**
   * For commands in a folder.
   *
   * @param backup the rows of a table that is restored
   */
  StandInTables(StandInAccount account, Path folder, List<Map<String, AttributeValue>> backup) {
    this.account = account;
    this.folder = folder;
    this.backup = List.copyOf(backup);
  }

  String run(String action, Map<String, List<String>> options) {
    if (action.equals("restore-table-to-point-in-time")) {
      account.restore(
          REGION, one(options, "--source-table-name"), one(options, "--target-table-name"), backup);
      return "";
    }
    String name =
        options.containsKey("--resource-arn")
            ? one(options, "--resource-arn").replaceFirst("^.*:table/", "")
            : one(options, "--table-name");
    Map<String, Object> table = account.get(StandInAccount.TABLE, REGION, name).properties;
    switch (action) {
      case "get-item" -> {
        var key = item(Yaml.parse(one(options, "--key")));
        return json(account.tables().client().getItem(get -> get.tableName(name).key(key)).item());
      }
      case "put-item" -> {
        if (table.containsKey("ResourcePolicy")) {
          throw new StackFailed("the table's policy denies it");
        }
        account.tables().put(name, List.of(item(Yaml.parse(read(folder, one(options, "--item"))))));
      }
      case "get-resource-policy" -> {
        return Json.write(Tree.mapAt(table, "ResourcePolicy", "PolicyDocument"));
      }
      case "put-resource-policy" ->
          table.put(
              "ResourcePolicy",
              Map.of("PolicyDocument", Yaml.parse(read(folder, one(options, "--policy")))));
      case "update-time-to-live" ->
          table.put(
              "TimeToLiveSpecification", shorthand(one(options, "--time-to-live-specification")));
      case "update-continuous-backups" ->
          table.put(
              "PointInTimeRecoverySpecification",
              shorthand(one(options, "--point-in-time-recovery-specification")));
      case "update-table" ->
          table.put(
              "DeletionProtectionEnabled", options.containsKey("--deletion-protection-enabled"));
      case "wait" -> {}
      default -> throw new StackFailed("not in the stand-in");
    }
    return "";
  }

  /** The one value of an option. */
  static String one(Map<String, List<String>> options, String name) {
    List<String> values = options.getOrDefault(name, List.of());
    if (values.size() != 1) {
      throw new StackFailed("no " + name);
    }
    return values.getFirst();
  }

  /** The text of a file that a command names by {@code file://}. */
  static String read(Path folder, String url) {
    try {
      return Files.readString(folder.resolve(url.replaceFirst("^file://", "")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code Name=value,Name=true}. */
  private static Map<String, Object> shorthand(String text) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String member : text.split(",", -1)) {
      String value = member.replaceFirst("^[^=]*=", "");
      members.put(member.replaceFirst("=.*", ""), value.equals("true") ? (Object) true : value);
    }
    return members;
  }

  private static Map<String, AttributeValue> item(Map<String, Object> json) {
    Map<String, AttributeValue> item = new LinkedHashMap<>();
    json.forEach(
        (name, value) -> {
          Map.Entry<String, Object> typed = Tree.map(value).entrySet().iterator().next();
          item.put(
              name,
              switch (typed.getKey()) {
                case "S" -> AttributeValue.fromS(typed.getValue().toString());
                case "N" -> AttributeValue.fromN(typed.getValue().toString());
                case "BOOL" -> AttributeValue.fromBool((Boolean) typed.getValue());
                default -> throw new StackFailed("not in the stand-in: " + typed);
              });
        });
    return item;
  }

  private static String json(Map<String, AttributeValue> item) {
    Map<String, Object> members = new LinkedHashMap<>();
    item.forEach(
        (name, value) ->
            members.put(
                name,
                value.s() != null
                    ? Map.of("S", value.s())
                    : value.n() != null ? Map.of("N", value.n()) : Map.of("BOOL", value.bool())));
    return Json.write(members);
  }
}

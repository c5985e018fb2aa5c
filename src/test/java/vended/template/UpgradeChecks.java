package vended.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an update of a stack to a later template would replace, delete or refuse. Of the templates
 * as they are written: a value that differs only in how it is written counts as changed.
 */
final class UpgradeChecks {
  /**
   * Properties whose change replaces the resource ("createOnlyProperties" of the resource types'
   * schemas, of which cfn-lint has a copy; of a table's KeySchema: DynamoDB's reference in the
   * CloudFormation User Guide).
   */
  private static final Map<String, Set<String>> REPLACING =
      Map.ofEntries(
          Map.entry("AWS::IAM::Role", Set.of("RoleName", "Path")),
          Map.entry("AWS::IAM::ManagedPolicy", Set.of("ManagedPolicyName", "Description", "Path")),
          Map.entry("AWS::DynamoDB::Table", Set.of("TableName", "KeySchema")),
          Map.entry("AWS::S3::Bucket", Set.of("BucketName", "BucketNamePrefix")),
          Map.entry("AWS::Logs::LogGroup", Set.of("LogGroupName")),
          Map.entry("AWS::Kinesis::Stream", Set.of("Name")),
          Map.entry(
              "AWS::KinesisFirehose::DeliveryStream",
              Set.of(
                  "DeliveryStreamName", "DeliveryStreamType", "KinesisStreamSourceConfiguration")),
          Map.entry("AWS::Serverless::Function", Set.of("FunctionName", "PackageType")),
          Map.entry("AWS::Serverless::Api", Set.of("StageName")),
          Map.entry("AWS::Serverless::StateMachine", Set.of("Name", "Type")),
          Map.entry("AWS::Scheduler::Schedule", Set.of("Name")));

  private final Map<String, Object> before;
  private final Map<String, Object> after;
  private final List<String> findings = new ArrayList<>();

  private UpgradeChecks(Map<String, Object> before, Map<String, Object> after) {
    this.before = before;
    this.after = after;
  }

  /** One line for each; nothing if the update keeps all. */
  static List<String> findings(String before, String after) {
    var checks = new UpgradeChecks(Yaml.parse(before), Yaml.parse(after));
    checks.parameters();
    checks.outputs();
    Tree.mapAt(checks.before, "Resources").forEach(checks::resource);
    return checks.findings;
  }

  private void parameters() {
    var declared = Tree.mapAt(after, "Parameters");
    Tree.mapAt(before, "Parameters")
        .forEach(
            (name, old) -> {
              var now = declared.get(name);
              if (now == null) {
                findings.add(name + " is no longer a parameter");
              } else {
                value(name, old, now);
              }
            });
    declared.forEach(
        (name, parameter) -> {
          if (Tree.at(parameter, "Default") == null) {
            findings.add(name + " is a parameter without a default");
          }
        });
  }

  /** A stack keeps the value that it has, so the old default must still be accepted. */
  private void value(String name, Object old, Object now) {
    var value = Objects.requireNonNullElse(Tree.textAt(old, "Default"), "");
    var pattern = Tree.textAt(now, "AllowedPattern");
    if (pattern != null && !value.matches(pattern)) {
      findings.add(name + " no longer accepts " + value);
    }
    if (name.equals("VendorRoleName") && !value.equals(Tree.textAt(now, "Default"))) {
      findings.add("VendorRoleName has another default");
    }
  }

  private void outputs() {
    var now = Tree.mapAt(after, "Outputs").keySet();
    Tree.mapAt(before, "Outputs").keySet().stream()
        .filter(name -> !now.contains(name))
        .forEach(name -> findings.add(name + " is no longer an output"));
  }

  private void resource(String id, Object old) {
    var now = Tree.at(after, "Resources", id);
    var type = Tree.requiredAt(old, "Type");
    if (now == null || !type.equals(Tree.textAt(now, "Type"))) {
      findings.add(id + " is deleted");
      return;
    }
    for (var property : REPLACING.getOrDefault(type, Set.of())) {
      if (!Objects.equals(property(old, property), property(now, property))) {
        findings.add(id + " is replaced: " + property);
      }
    }
    var condition = Tree.textAt(now, "Condition");
    if (condition != null && !condition.equals(Tree.textAt(old, "Condition"))) {
      findings.add(id + " has another condition");
    }
    if (Tree.at(old, "DeletionPolicy") != null && Tree.at(now, "DeletionPolicy") == null) {
      findings.add(id + " is no longer retained");
    }
    if (type.equals("AWS::DynamoDB::Table")) {
      indexes(id, old, now);
    }
  }

  private static @Nullable Object property(Object resource, String name) {
    return Tree.at(resource, "Properties", name);
  }

  /**
   * CloudFormation creates or deletes one index of a table per update (CloudFormation User Guide,
   * AWS::DynamoDB::Table, "GlobalSecondaryIndexes"), and can't change an index's keys or what it
   * has of a row.
   */
  private void indexes(String id, Object old, Object now) {
    var had = indexesOf(old);
    var has = indexesOf(now);
    had.forEach(
        (name, index) -> {
          if (!index.equals(has.get(name))) {
            findings.add(id + " changes or loses the index " + name);
          }
        });
    var added = has.keySet().stream().filter(name -> !had.containsKey(name)).toList();
    if (added.size() > 1) {
      findings.add(id + " gets more than one index: " + added);
    }
  }

  private static Map<String, Object> indexesOf(Object table) {
    return Tree.listAt(table, "Properties", "GlobalSecondaryIndexes").stream()
        .collect(
            Collectors.toMap(
                index -> Tree.requiredAt(index, "IndexName"),
                index -> index,
                (one, _) -> one,
                TreeMap::new));
  }
}

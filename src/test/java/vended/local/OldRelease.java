package vended.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an earlier release left: its template, its script, and what its own service wrote and
 * answered. {@code src/test/upgrade/fixture} makes one.
 */
public record OldRelease(Path folder) {
  private static final Path ALL = Path.of("src", "test", "resources", "upgrade");

  private static final Pattern ROUTE =
      Pattern.compile("(?m)(?:\\bPath: |^ {10}(?=/[a-z/]+:$))(/[a-z]+(?:/[a-z]+)?)\\b");

  /** Every release that an upgrade starts from. */
  public static Stream<OldRelease> all() {
    try (var folders = Files.list(ALL)) {
      return folders.filter(Files::isDirectory).sorted().map(OldRelease::new).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path template() {
    return folder.resolve("template.yaml");
  }

  public Path script() {
    return folder.resolve("vend").toAbsolutePath();
  }

  public List<Map<String, AttributeValue>> allowList() {
    return rows("allow-list.json");
  }

  public List<Map<String, AttributeValue>> audit() {
    return rows("audit.json");
  }

  /** The paths of its API, which SAM takes from events of functions or from a definition. */
  public Set<String> routes() {
    return ROUTE
        .matcher(text("template.yaml"))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /** A member of a route's first page, as the release answered it. */
  public String cursor(String route) {
    return answered(route, "cursor");
  }

  /** {@code since} or {@code until} of the period that has all records, in ISO 8601. */
  public String period(String end) {
    return answered("period", end);
  }

  /**
   * Puts its rows into the stack's tables in place of all others, and its client roles into STS.
   */
  public void bringInto(LocalStack stack) {
    stack.tables().empty();
    stack.tables().put(stack.allowListTable(), allowList());
    stack.tables().put(stack.auditTable(), audit());
    for (var row : allowList()) {
      if (row.containsKey("roles")) {
        var trust =
            trustPolicy(
                stack.people().vendor().principal().identityArn(), Items.text(row, "externalId"));
        row.get("roles")
            .m()
            .keySet()
            .forEach(role -> stack.sts().addRole(role, trust, Duration.ofHours(1)));
      }
    }
  }

  private static Object trustPolicy(String vendorRole, String externalId) {
    var principal = Map.of("AWS", vendorRole);
    return Map.of(
        "Version",
        "2012-10-17",
        "Statement",
        List.of(
            Map.of(
                "Effect",
                "Allow",
                "Principal",
                principal,
                "Action",
                "sts:AssumeRole",
                "Condition",
                Map.of("StringEquals", Map.of("sts:ExternalId", externalId))),
            Map.of(
                "Effect",
                "Allow",
                "Principal",
                principal,
                "Action",
                List.of("sts:SetSourceIdentity", "sts:TagSession"))));
  }

  private List<Map<String, AttributeValue>> rows(String file) {
    return json(file).asArray().stream().map(OldRelease::row).toList();
  }

  private static Map<String, AttributeValue> row(JsonNode node) {
    var row = new LinkedHashMap<String, AttributeValue>();
    node.asObject().forEach((name, value) -> row.put(name, value(value)));
    return row;
  }

  /** From DynamoDB's own JSON, in which each value names its type. */
  private static AttributeValue value(JsonNode node) {
    var typed = node.asObject().entrySet().iterator().next();
    var value = typed.getValue();
    return switch (typed.getKey()) {
      case "S" -> AttributeValue.fromS(value.asString());
      case "N" -> AttributeValue.fromN(value.asString());
      case "BOOL" -> AttributeValue.fromBool(value.asBoolean());
      case "M" -> AttributeValue.fromM(row(value));
      case "L" -> AttributeValue.fromL(value.asArray().stream().map(OldRelease::value).toList());
      case "SS" -> AttributeValue.fromSs(value.asArray().stream().map(JsonNode::asString).toList());
      default -> throw new IllegalArgumentException("a value of the type " + typed.getKey());
    };
  }

  private String answered(String to, String member) {
    return json("cursors.json").field(to).orElseThrow().field(member).orElseThrow().asString();
  }

  private JsonNode json(String file) {
    return JsonNode.parser().parse(text(file));
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}

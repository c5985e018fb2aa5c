package vended;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.template.Template;

/** What the template's pipe makes of the audit's records, and docs/events. */
class EventsTest {
  private static final Path FILE = Path.of("template.yaml");
  private static final Path FOLDER = Path.of("docs/events");
  private static final Template WITH = Template.read(FILE, Map.of("PublishEvents", "true"));
  private static final Pattern MEMBER =
      Pattern.compile("\"(\\w+)\": \"(?:(\\w+)|<\\$\\.dynamodb\\.NewImage\\.(\\w+)\\.S>)\",?");

  /** What could tell a stranger more than that something happened. */
  private static final List<String> SECRET =
      List.of(
          "callerAccessKeyId",
          "accessKeyId",
          "sourceIp",
          "userAgent",
          "claimed",
          "sessionName",
          "externalIdSha256",
          "before",
          "after",
          "clientName",
          "sourceIdentity",
          "callerSession");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @Test
  void withoutTheParameterThereIsNoStreamAndNoBus() {
    Template without = Template.read(FILE, Map.of());

    assertThat(without.resources().keySet()).noneMatch(id -> id.startsWith("Event"));
    assertThat(without.properties("AuditTable")).doesNotContainKey("StreamSpecification");
    assertThat(without.outputs()).doesNotContainKey("EventBusName");
    assertThat(text(WITH.properties("AuditTable"), "StreamSpecification", "StreamViewType"))
        .isEqualTo("NEW_IMAGE");
  }

  @Test
  void noFunctionIsOnTheWay_AndThePipeCanDoNoMoreThanSend() {
    for (String function : WITH.ofType("AWS::Serverless::Function")) {
      assertThat(WITH.functionPolicies(function).toString()).doesNotContain("events:", "sqs:");
    }
    assertThat(WITH.properties("EventRole").toString())
        .contains("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator")
        .contains("dynamodb:ListStreams", "events:PutEvents", "sqs:SendMessage")
        .doesNotContain("dynamodb:Query", "dynamodb:GetItem", "*");
    assertThat(text(WITH.properties("EventPipe"), "Source")).startsWith(WITH.arn("AuditTable"));
  }

  @Test
  void noMemberTellsMoreThanThatSomethingHappened() {
    Map<String, String> members = members();

    assertThat(members.keySet()).isEqualTo(schema("properties").keySet());
    assertThat(SECRET).doesNotContainAnyElementsOf(members.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "empty", "null"})
  void everyRecordThatEndsSomethingIsAnEventOfTheSchema(String absent) throws Exception {
    makeRecords();
    Set<Object> events = new TreeSet<>();
    for (Map<String, AttributeValue> row : stack.tables().rows(stack.auditTable())) {
      // The pipe's filter.
      if (row.containsKey("event")) {
        Map<String, Object> event = render(row, absent);
        check(event);
        events.add(Objects.requireNonNull(event.get("event")));
        assertThat(List.of("outcome", "probe", "admin-outcome"))
            .contains(String.valueOf(event.get("kind")));
      } else {
        assertThat(List.of("intent", "admin")).contains(kind(row));
      }
    }
    assertThat(events)
        .contains(
            "vended",
            "refused",
            "probe_passed",
            "role_verified",
            "client_put",
            "client_suspended",
            "client_resumed",
            "vending_stopped",
            "vending_resumed",
            "grant_removed",
            "external_id_rotated",
            "client_removed",
            "change_refused");
  }

  private static String kind(Map<String, AttributeValue> row) {
    String sort = Objects.requireNonNull(row.get("sk")).s();
    // The order of a role's probes is in rows of its own, which begin with the probe's ID.
    return sort.contains("#") ? "intent" : sort;
  }

  @Test
  void theSamplesAreEventsOfTheSchema_AndTheSchemaIsStrict() throws Exception {
    try (var files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> !path.endsWith("event.schema.json")).toList()) {
        var event = read(file);
        assertThat(event).containsEntry("source", "vended-credentials");
        assertThat(event).containsEntry("detail-type", "Audit Record");
        @SuppressWarnings("unchecked")
        var detail = (Map<String, Object>) Objects.requireNonNull(event.get("detail"));
        check(detail);
        Map<String, Object> more = new LinkedHashMap<>(detail);
        more.put("sourceIp", "192.0.2.1");
        assertThatThrownBy(() -> check(more)).hasMessageContaining("sourceIp");
        more.remove("sourceIp");
        more.put("caller", "arn:x\",\"outcome\":\"granted");
        assertThatThrownBy(() -> check(more)).hasMessageContaining("caller");
      }
    }
  }

  private static void makeRecords() throws Exception {
    String role = stack.demonstration().roleArn();
    String account = stack.demonstration().account();
    vend(role);
    vend(role + "2");
    Map<String, Object> of = Map.of("account", account);
    String probeId = admin.post("/probes", Map.of("roleArn", role)).text("probeId");
    admin.post("/clients/activate", Map.of("probeId", probeId));
    admin.post("/clients/suspend", Map.of("account", account, "suspended", true));
    admin.post("/clients/suspend", Map.of("account", account, "suspended", false));
    admin.post("/clients/suspend", Map.of("all", true, "stopped", true));
    admin.post("/clients/suspend", Map.of("all", true, "stopped", false));
    admin.post("/clients/rotate", Map.of("account", account, "step", "start"));
    admin.post("/clients/remove", of);
    admin.post("/grants/remove", Map.of("caller", Administrator.CALLER, "roleArn", role));
    admin.putClient();
    admin.post("/clients/remove", Map.of("account", Administrator.ACCOUNT));
    for (Object grant :
        (List<?>)
            Objects.requireNonNull(
                admin.post("/grants/list", Map.of("roleArn", role)).body().get("grants"))) {
      var key = (Map<?, ?>) grant;
      admin.post(
          "/grants/remove",
          Map.of("caller", Objects.requireNonNull(key.get("caller")), "roleArn", role));
    }
  }

  private static void vend(String role) throws Exception {
    try (var caller = stack.caller(stack.people().session())) {
      caller.post("/credentials", Json.write(Map.of("roleArn", role)));
    }
  }

  /** Members of the template, with the attribute that each has; "" for a constant. */
  private static Map<String, String> members() {
    String template = text(WITH.properties("EventPipe"), "TargetParameters", "InputTemplate");
    Map<String, String> members = new LinkedHashMap<>();
    var found = MEMBER.matcher(template);
    while (found.find()) {
      members.put(found.group(1), Objects.requireNonNullElse(found.group(3), ""));
    }
    assertThat(MEMBER.matcher(template).replaceAll("").replaceAll("\\s", "")).isEqualTo("{}");
    return members;
  }

  private static Map<String, Object> render(Map<String, AttributeValue> row, String absent) {
    Map<String, Object> event = new LinkedHashMap<>();
    members()
        .forEach(
            (member, attribute) -> {
              AttributeValue value = row.get(attribute);
              if (attribute.isEmpty()) {
                event.put(member, "1");
              } else if (value != null) {
                event.put(member, Objects.requireNonNull(value.s(), attribute));
              } else if (absent.equals("empty")) {
                event.put(member, "");
              } else if (absent.equals("null")) {
                event.put(member, NULL);
              }
            });
    return event;
  }

  /** JSON's null, where a map takes none. */
  private static final Object NULL = new Object();

  private static Map<String, Object> read(Path file) throws Exception {
    Map<String, Object> members = new LinkedHashMap<>();
    ((JsonObject.Read) JsonObject.read(Files.readString(file)))
        .object()
        .members()
        .forEach((name, value) -> members.put(name, value == null ? NULL : value));
    return members;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> schema(String part) {
    try {
      return (Map<String, Object>)
          Objects.requireNonNull(read(FOLDER.resolve("event.schema.json")).get(part));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Knows the words of the schema, and no others. */
  private static void check(Map<String, Object> event) {
    Map<String, Object> properties = schema("properties");
    assertThat(properties.keySet()).containsAll(event.keySet());
    assertThat(event.keySet()).containsAll(List.of("version", "event", "vendId", "kind", "at"));
    event.forEach(
        (name, value) ->
            check(name, value, (Map<?, ?>) Objects.requireNonNull(properties.get(name))));
  }

  private static void check(String name, Object value, Map<?, ?> rules) {
    assertThat(List.of("description", "enum", "type", "pattern"))
        .containsAll(rules.keySet().stream().map(String::valueOf).toList());
    if (rules.get("enum") instanceof List<?> values) {
      assertThat(values.stream().map(String::valueOf).toList())
          .as(name)
          .contains(value.equals(NULL) ? "null" : value.toString());
    }
    if (value.equals(NULL)) {
      assertThat(String.valueOf(rules.get("type")) + rules.get("enum")).as(name).contains("null");
    } else if (rules.get("pattern") instanceof String pattern) {
      assertThat(Pattern.compile(pattern).matcher(value.toString()).find())
          .as(name + " " + value)
          .isTrue();
    }
  }

  private static String text(Object tree, String... names) {
    Object at = tree;
    for (String name : names) {
      at = Objects.requireNonNull(((Map<?, ?>) at).get(name), name);
    }
    return at.toString();
  }
}

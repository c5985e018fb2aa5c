package vended.fuzz.target;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import vended.allowlist.AllowListException;
import vended.allowlist.dynamo.DynamoAllowList;
import vended.allowlist.read.AllowList;
import vended.dynamo.DynamoAnswers;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.fuzz.oracle.StrictJson;
import vended.fuzz.oracle.StrictJson.Parsed;
import vended.vending.Decision;

/**
 * Responses of DynamoDB: the read succeeds or fails as its interface says, and nothing is permitted
 * that the response does not have, whole.
 */
public final class DynamoTarget implements Target {
  private static final String TABLE = "allow-list";
  private static final String JSON_TYPE = "application/x-amz-json-1.0";
  private final Answers answers = new Answers();
  private final AllowList allowList =
      new DynamoAllowList(
          answers.client(DynamoDbClient.builder(), new DynamoAnswers()),
          TABLE,
          Duration.ofSeconds(1));

  private static String rows(boolean stopped) {
    return """
    {"Responses":{"allow-list":[{"pk":{"S":"vending"},"sk":{"S":"switch"},\
    "stopped":{"BOOL":%1$s},"version":{"N":"3"}},\
    {"pk":{"S":"account#444455556666"},"sk":{"S":"client"},"version":{"N":"1"},\
    "name":{"S":"A"},"externalId":{"S":"0123456789abcdef0123"},"suspended":{"BOOL":%1$s},\
    "ownAccount":{"BOOL":false},"roles":{"M":{"%2$s":{"M":{"verifiedAt":{"S":"%3$s"},\
    "probeId":{"S":"p"},"sourceIdentity":{"BOOL":true},"sessionTags":{"BOOL":true}}}}}},\
    {"pk":{"S":"caller#%4$s"},"sk":{"S":"role#%2$s"},"version":{"N":"1"},"callerId":{"S":"%5$s"},\
    "maxDurationSeconds":{"N":"3600"},"disabled":{"BOOL":%1$s}}]},"UnprocessedKeys":{}}\
    """
        .formatted(
            stopped, Rows.ROLE, "2026-01-01T00:00:00Z", Rows.DEPLOYER, Rows.CALLER.uniqueId());
  }

  @Override
  public void check(byte[] input) {
    Data data = new Data(input);
    int status = data.pick(List.of(200, 200, 200, 200, 400, 500));
    String type = data.pick(List.of(JSON_TYPE, JSON_TYPE, JSON_TYPE, "text/html"));
    String text = data.rest();
    answers.answer(status, type, text.getBytes(StandardCharsets.UTF_8));
    AllowList.Entry entry;
    try {
      entry = allowList.find(Rows.DEPLOYER, Rows.ROLE);
    } catch (AllowListException e) {
      return;
    }
    Decision decision = Decision.of(entry, Rows.CALLER, Rows.ROLE, Rows.VENDOR, Rows.NOW);
    if (decision instanceof Decision.Permitted) {
      Target.check(status == 200 && type.equals(JSON_TYPE), "only DynamoDB's success", text);
      Target.check(permits(StrictJson.parse(text)), "only what the response has", text);
    }
  }

  /** Whether a client and a grant are there that may be vended, by themselves. */
  private static boolean permits(@Nullable Parsed answer) {
    return answer != null
        && answer.value() instanceof Map<?, ?> members
        && members.get("Responses") instanceof Map<?, ?> tables
        && tables.get(TABLE) instanceof List<?> items
        && items.stream().anyMatch(DynamoTarget::isGrant)
        && items.stream().anyMatch(DynamoTarget::isClient);
  }

  private static boolean isGrant(@Nullable Object item) {
    return item instanceof Map<?, ?> row
        && has(row, "pk", "S", "caller#" + Rows.DEPLOYER)
        && has(row, "sk", "S", "role#" + Rows.ROLE)
        && has(row, "disabled", "BOOL", false)
        && (has(row, "callerId", "S", Rows.CALLER.uniqueId())
            || has(row, "unpinned", "BOOL", true));
  }

  private static boolean isClient(@Nullable Object item) {
    return item instanceof Map<?, ?> row
        && has(row, "pk", "S", "account#444455556666")
        && has(row, "sk", "S", "client")
        && has(row, "suspended", "BOOL", false)
        && has(row, "ownAccount", "BOOL", false)
        && row.get("roles") instanceof Map<?, ?> roles
        && ("" + roles).contains(Rows.ROLE + "={M={")
        && ("" + roles).contains("verifiedAt");
  }

  private static boolean has(Map<?, ?> row, String name, String type, Object value) {
    return row.get(name) instanceof Map<?, ?> typed && value.equals(typed.get(type));
  }

  @Override
  public List<String> seeds() {
    return List.of(
        "\0\0" + rows(false),
        "\0\0" + rows(true),
        "\0\0{\"Responses\":{},\"UnprocessedKeys\":{\"allow-list\":{\"Keys\":[]}}}",
        "\0\0{}",
        "\4\0{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}");
  }

  @Override
  public List<String> words() {
    return List.of(
        "true",
        "false",
        "null",
        "{\"S\":",
        "{\"N\":",
        "{\"BOOL\":",
        "{\"NULL\":true}",
        "{\"M\":",
        "\"unpinned\":{\"BOOL\":true}",
        "\"UnprocessedKeys\":",
        "\"pk\":",
        "\"sk\":",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"expiresAt\":{\"N\":\"1\"}",
        "\"schema\":{\"N\":\"2\"}");
  }
}

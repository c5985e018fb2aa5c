package vended.bench.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.json.Json;
import vended.lambda.HttpCall;
import vended.lambda.HttpReply;
import vended.local.AllowListRows;

/** DynamoDB's answers to the calls of a vend: the client and the grant are there, inserts work. */
final class DynamoStandIn {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.0";

  private final String rows;

  /**
   * With the rows that {@code events/granted.json} needs.
   *
   * @param table the allow-list's name
   */
  DynamoStandIn(String table) {
    Instant at = Instant.parse("2026-01-02T03:04:05Z");
    String role = "arn:aws:iam::444455556666:role/vended/deploy";
    List<Map<String, Object>> items =
        List.of(
            item(
                AllowListRows.client(
                    "444455556666",
                    "Example Client",
                    "0123456789abcdef0123456789abcdef",
                    role,
                    at)),
            item(
                AllowListRows.grant(
                    "arn:aws:iam::111122223333:role/Deployer", "AROAEXAMPLEDEPLOYER1", role, at)));
    this.rows = Json.write(Map.of("Responses", Map.of(table, items), "UnprocessedKeys", Map.of()));
  }

  HttpReply answer(HttpCall call) {
    String operation = call.headers().getOrDefault("x-amz-target", "").replaceFirst(".*\\.", "");
    return switch (operation) {
      case "BatchGetItem" -> ok(rows);
      case "ExecuteStatement" -> ok("{\"Items\":[]}");
      case "GetItem" -> ok("{}");
      default ->
          HttpReply.of(
              400,
              CONTENT_TYPE,
              "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
    };
  }

  /** With the headers that DynamoDB has: clients check the sum. */
  private static HttpReply ok(String body) {
    CRC32 sum = new CRC32();
    sum.update(body.getBytes(UTF_8));
    return HttpReply.of(200, CONTENT_TYPE, body)
        .with("x-amzn-RequestId", UUID.randomUUID().toString())
        .with("x-amz-crc32", Long.toString(sum.getValue()));
  }

  private static Map<String, Object> item(Map<String, AttributeValue> item) {
    Map<String, Object> members = new LinkedHashMap<>();
    item.forEach((name, value) -> members.put(name, value(value)));
    return members;
  }

  private static Map<String, Object> value(AttributeValue value) {
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case BOOL -> Map.of("BOOL", value.bool());
      case M -> Map.of("M", item(value.m()));
      default -> throw new IllegalArgumentException("no row has a " + value.type());
    };
  }
}

package vended.chaos.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.json.Json;
import vended.json.JsonObject;

/** Responses that nobody wants. */
final class Replies {
  private static final String DYNAMO_TYPE = "application/x-amz-json-1.0";
  private static final String DYNAMO_ERROR =
      "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"a fault\"%s}";

  private Replies() {}

  /** What a proxy on the way says, not the service. */
  static Message html(int status) {
    return Message.response(status, "text/html", "<html><body>Sign in, please</body></html>");
  }

  static Message error(Attempt attempt, int status, String dynamoCode, String stsCode) {
    String sts =
        """
        <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>a fault</Message></Error>
        <RequestId>REQUEST</RequestId></ErrorResponse>
        """
            .formatted(stsCode);
    return attempt.service().equals("STS")
        ? Message.response(status, "text/xml", sts)
        : Message.response(status, DYNAMO_TYPE, DYNAMO_ERROR.formatted(dynamoCode, ""));
  }

  static Message dynamoError(String code) {
    return Message.response(400, DYNAMO_TYPE, DYNAMO_ERROR.formatted(code, ""));
  }

  /** A transaction that was not made, with a reason for each write. */
  static Message canceled(String... codes) {
    return canceled(
        Arrays.stream(codes)
            .map("{\"Code\":\"%s\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]")));
  }

  static Message canceledWithoutCodes() {
    return canceled("[{},{}]");
  }

  private static Message canceled(String reasons) {
    return Message.response(
        400,
        DYNAMO_TYPE,
        DYNAMO_ERROR.formatted(
            "TransactionCanceledException", ",\"CancellationReasons\":" + reasons));
  }

  /** A BatchGetItem that read nothing. */
  static Message allUnprocessed(Attempt attempt) {
    return batch(Map.of(), asked(attempt));
  }

  /** A BatchGetItem that left one row unread. */
  static Message oneUnprocessed(Attempt attempt, Message answer) {
    Map<String, Object> read = new LinkedHashMap<>();
    Map<?, ?> responses =
        (Map<?, ?>) Objects.requireNonNull(members(answer.body()).get("Responses"));
    responses.forEach(
        (table, rows) -> {
          List<Object> fewer = new ArrayList<>((List<?>) rows);
          if (!fewer.isEmpty()) {
            fewer.removeFirst();
          }
          read.put(String.valueOf(table), fewer);
        });
    return batch(read, asked(attempt));
  }

  private static Message batch(Map<String, ?> read, Object unprocessed) {
    String text = Json.write(Map.of("Responses", read, "UnprocessedKeys", unprocessed));
    return Message.response(200, DYNAMO_TYPE, new String(text.getBytes(UTF_8), ISO_8859_1));
  }

  private static Object asked(Attempt attempt) {
    return Objects.requireNonNull(members(attempt.body()).get("RequestItems"));
  }

  private static Map<String, @Nullable Object> members(String body) {
    String text = new String(body.getBytes(ISO_8859_1), UTF_8);
    return ((JsonObject.Read) JsonObject.readForeign(text)).object().members();
  }
}

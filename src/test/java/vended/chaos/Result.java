package vended.chaos;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.chaos.wire.Boundary;
import vended.json.JsonObject;
import vended.local.Items;
import vended.telemetry.Emf;

/**
 * All that came of a request.
 *
 * @param before the allow-list, by key
 * @param after the allow-list, by key
 * @param records the rows that the audit got
 * @param metrics what CloudWatch was told
 * @param calls of AWS, in order
 * @param alarms what came in the wrong order
 */
record Result(
    Stand.Answer answer,
    Map<String, Map<String, AttributeValue>> before,
    Map<String, Map<String, AttributeValue>> after,
    List<Map<String, AttributeValue>> records,
    List<Told> metrics,
    List<Boundary> calls,
    List<String> alarms) {

  /**
   * A value of a metric.
   *
   * @param vendId empty if it is about none
   */
  record Told(String metric, String vendId, Object value) {
    static Told of(String line) {
      Emf.Sample sample = Emf.read(line).iterator().next();
      Object vendId = Result.members(line).get("vendId");
      return new Told(sample.metric(), vendId == null ? "" : vendId.toString(), sample.value());
    }
  }

  static Map<String, Map<String, AttributeValue>> byKey(List<Map<String, AttributeValue>> rows) {
    Map<String, Map<String, AttributeValue>> byKey = new TreeMap<>();
    rows.forEach(row -> byKey.put(key(row), row));
    return byKey;
  }

  static String key(Map<String, AttributeValue> row) {
    return Items.text(row, "pk") + " " + Items.text(row, "sk");
  }

  int status() {
    return answer.status();
  }

  @Nullable Object member(String name) {
    return members(answer.body()).get(name);
  }

  /** A member, or an empty text. */
  String text(String name) {
    return Objects.requireNonNullElse(member(name), "").toString();
  }

  static Map<String, @Nullable Object> members(String json) {
    return JsonObject.readForeign(json) instanceof JsonObject.Read(JsonObject object)
        ? object.members()
        : Map.of();
  }

  /** The records of a kind, as {@code sk} has it. */
  List<Map<String, AttributeValue>> records(String kind) {
    return records.stream().filter(row -> Items.text(row, "sk").equals(kind)).toList();
  }

  boolean hasRecord(String vendId, String kind) {
    return records(kind).stream().anyMatch(row -> Items.text(row, "pk").equals(vendId));
  }

  long told(String metric) {
    return metrics.stream().filter(told -> told.metric().equals(metric)).count();
  }

  long told(String metric, String vendId) {
    return metrics.stream()
        .filter(told -> told.metric().equals(metric) && told.vendId().equals(vendId))
        .count();
  }

  /** The answer without what differs from one request to the next. */
  String plainAnswer() {
    return plain(status() + " " + answer.body());
  }

  /** The allow-list afterwards, without what differs from one request to the next. */
  String plainRows() {
    return after.values().stream()
        .map(row -> plain(new TreeMap<>(row).toString()))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String plain(String text) {
    return text.replaceAll("\"(SecretAccessKey|SessionToken)\":\"[^\"]*\"", "$1")
        .replaceAll("\\b(AIDA|AROA|ASIA|AKIA)[A-Z2-7]{16,17}\\b", "$1")
        .replaceAll("\\b[0-9A-HJKMNP-TV-Z]{26}\\b", "ULID")
        .replaceAll("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]*Z", "TIME")
        .replaceAll("[0-9a-f]{32,64}", "HEX");
  }
}

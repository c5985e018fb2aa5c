package vended.telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.json.JsonObject;

/**
 * The embedded metric format, as strict as its specification's schema and prose: a line that breaks
 * them is dropped by CloudWatch without a word.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">the
 *     specification</a>
 */
public final class Emf {
  private static final Pattern UNIT =
      Pattern.compile(
          "(Seconds|Microseconds|Milliseconds|Percent|Count|None|((Kilo|Mega|Giga|Tera)?[Bb](ytes|its)))(/Second)?");

  /** CloudWatch's own: ASCII without control characters, and no colon at the beginning. */
  private static final Pattern NAME = Pattern.compile("[ -9;-~][ -~]{0,254}");

  private static final int MAX_DIMENSIONS = 9;
  private static final int MAX_METRICS = 100;
  private static final int MAX_VALUES = 100;

  private final Map<String, @Nullable Object> root;
  private final List<String> faults = new ArrayList<>();
  private final Set<Sample> samples = new HashSet<>();

  private Emf(Map<String, @Nullable Object> root) {
    this.root = root;
  }

  /**
   * A value of a metric.
   *
   * @param dimensions their names and values
   */
  public record Sample(
      String namespace, String metric, Map<String, String> dimensions, Object value) {}

  /**
   * What CloudWatch makes of a line.
   *
   * @throws AssertionError with all that is wrong with it
   */
  public static Set<Sample> read(String line) {
    if (!(JsonObject.readForeign(line) instanceof JsonObject.Read(JsonObject object))
        || !object.doubled().isEmpty()) {
      throw new AssertionError("is not one JSON object: " + line);
    }
    Emf emf = new Emf(object.members());
    emf.metadata();
    if (!emf.faults.isEmpty()) {
      throw new AssertionError(emf.faults + " in " + line);
    }
    return emf.samples;
  }

  private void expect(boolean ok, String fault) {
    if (!ok) {
      faults.add(fault);
    }
  }

  private void metadata() {
    Map<?, ?> metadata = object(root.get("_aws"), Set.of("Timestamp", "CloudWatchMetrics"), "_aws");
    expect(metadata.get("Timestamp") instanceof Long time && time > 0, "Timestamp is no time");
    for (Object directive : list(metadata.get("CloudWatchMetrics"), "CloudWatchMetrics")) {
      directive(object(directive, Set.of("Namespace", "Dimensions", "Metrics"), "a directive"));
    }
    expect(!samples.isEmpty(), "there is no metric");
  }

  private void directive(Map<?, ?> directive) {
    String namespace = name(directive.get("Namespace"), "Namespace");
    List<Map<String, String>> sets = new ArrayList<>();
    for (Object set : list(directive.get("Dimensions"), "Dimensions")) {
      sets.add(dimensions(list(set, "a dimension set")));
    }
    expect(!sets.isEmpty(), "Dimensions has no set");
    expect(new HashSet<>(sets).size() == sets.size(), "a dimension set stands there twice");
    List<?> metrics = list(directive.get("Metrics"), "Metrics");
    expect(metrics.size() <= MAX_METRICS, "there are too many metrics");
    for (Object metric : metrics) {
      Map<?, ?> definition =
          object(metric, Set.of("Name", "Unit", "StorageResolution"), "a metric");
      String name = name(definition.get("Name"), "Name");
      Object unit = definition.get("Unit");
      expect(unit == null || (unit instanceof String text && UNIT.matcher(text).matches()), "unit");
      Object value = root.get(name);
      expect(isValue(value), name + " has no value");
      if (value != null) {
        sets.forEach(set -> samples.add(new Sample(namespace, name, set, value)));
      }
    }
  }

  private Map<String, String> dimensions(List<?> set) {
    expect(set.size() <= MAX_DIMENSIONS, "there are too many dimensions");
    Map<String, String> dimensions = new HashMap<>();
    for (Object dimension : set) {
      String name = name(dimension, "a dimension");
      dimensions.put(name, name(root.get(name), "the value of " + name));
    }
    return dimensions;
  }

  private static boolean isValue(@Nullable Object value) {
    return value instanceof List<?> values
        ? !values.isEmpty()
            && values.size() <= MAX_VALUES
            && values.stream().allMatch(Number.class::isInstance)
        : value instanceof Number;
  }

  private String name(@Nullable Object value, String what) {
    boolean ok = value instanceof String text && NAME.matcher(text).matches();
    expect(ok, what + " is no name: " + value);
    return String.valueOf(value);
  }

  private Map<?, ?> object(@Nullable Object value, Set<String> known, String what) {
    if (!(value instanceof Map<?, ?> map)) {
      faults.add(what + " is no object");
      return Map.of();
    }
    expect(known.containsAll(map.keySet()), what + " has unknown members: " + map.keySet());
    return map;
  }

  private List<?> list(@Nullable Object value, String what) {
    expect(value instanceof List, what + " is no list");
    return value instanceof List<?> list ? list : List.of();
  }
}

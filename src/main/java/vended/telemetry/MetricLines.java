package vended.telemetry;

import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;
import vended.json.Json;

/**
 * Writes metrics as lines of CloudWatch's embedded metric format. They go straight to standard
 * output: the Lambda logger would wrap them in JSON of its own, and CloudWatch would not recognize
 * them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">the
 *     specification</a>
 */
public final class MetricLines {
  private static final String NAMESPACE = "Vended";

  /** Keeps stacks of one account and Region apart. */
  static final String STACK = "Stack";

  private final PrintStream out;
  private final Clock clock;
  private final String stack;

  /**
   * Writes lines to a stream, with the clock's times.
   *
   * @param stack the dimension of every metric, so that two stacks of one account and Region don't
   *     ring each other's alarms
   */
  public MetricLines(PrintStream out, Clock clock, String stack) {
    this.out = out;
    this.clock = clock;
    this.stack = stack;
  }

  /** A dimension, and the line's member with its value, which is one of a closed set. */
  record Dimension(String name, String value) {}

  /** The members of a line that belongs to a vend, a probe or a change. */
  static Map<String, @Nullable Object> properties(VendId vendId) {
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    properties.put("vendId", vendId.value());
    return properties;
  }

  /** Counts in total, and by a dimension if there is one. */
  void count(
      Metric metric,
      int value,
      @Nullable Dimension dimension,
      Map<String, ? extends @Nullable Object> properties) {
    List<List<String>> sets =
        dimension == null
            ? List.of(List.of(STACK))
            : List.of(List.of(STACK), List.of(STACK, dimension.name()));
    emit(metric, value, dimension, sets, properties);
  }

  /**
   * Writes a line.
   *
   * @param sets the combinations of dimensions by which CloudWatch adds the metric up
   */
  void emit(
      Metric metric,
      Number value,
      @Nullable Dimension dimension,
      List<List<String>> sets,
      Map<String, ? extends @Nullable Object> properties) {
    Map<String, Object> directive =
        Map.of(
            "Namespace", NAMESPACE,
            "Dimensions", sets,
            "Metrics", List.of(Map.of("Name", metric.code(), "Unit", metric.unit())));
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(directive)));
    line.put(metric.code(), value);
    line.put(STACK, stack);
    if (dimension != null) {
      line.put(dimension.name(), dimension.value());
    }
    line.putAll(properties);
    out.println(Json.write(line));
  }
}

package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.json.JsonObject;
import vended.telemetry.Metric;

/** Alarms and the dashboard tell of what is there, and operators find what to do. */
class MonitoringTest {
  private static final Template TEMPLATE =
      Template.read(
          Path.of("template.yaml"), Map.of("EvidenceRetentionDays", "1", "PublishEvents", "true"));
  private static final Path RUNBOOK = Path.of("docs", "operations.md");
  private static final Pattern SEARCH =
      Pattern.compile(
          "SEARCH\\('\\{(\\w+),Stack,(\\w+)} Stack=\"([\\w-]+)\" MetricName=\"(\\w+)\"', 'Sum',"
              + " 300\\)");

  /** A query of CloudWatch Metrics Insights. */
  private static final Pattern QUERY =
      Pattern.compile(
          "SELECT \\w+\\((\\w+)\\) FROM SCHEMA\\(\"([\\w/]+)\", (\\w+), (\\w+)\\)"
              + " WHERE (\\w+) = '([\\w-]+)'");

  private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");

  /** By the dimensions that the code gives them. */
  private static final Map<String, Set<String>> DIMENSIONS =
      Map.of(
          "Denied", Set.of("Stack", "Stack,Reason"),
          "Failed", Set.of("Stack", "Stack,Reason"),
          "Finding", Set.of("Stack", "Stack,Kind"),
          "Latency", Set.of("Stack,Hop"));

  /**
   * A metric that somebody looks at.
   *
   * @param dimensions their names and values, in the template's order
   */
  private record Seen(String namespace, String metric, Map<String, String> dimensions) {
    String names() {
      return String.join(",", dimensions.keySet());
    }
  }

  /** The watching function emits their metrics at each look, so silence means that nobody looks. */
  private static final Set<String> SILENT_IS_BAD =
      Set.of("OpenIntentsAlarm", "ReprobeOverdueAlarm", "WakeFailedAlarm");

  private static List<String> alarms() {
    return TEMPLATE.ofType("AWS::CloudWatch::Alarm");
  }

  private static Set<Seen> ofAlarms(Template template) {
    Set<Seen> seen = new HashSet<>();
    for (String alarm : template.ofType("AWS::CloudWatch::Alarm")) {
      Map<String, Object> properties = template.properties(alarm);
      if (properties.containsKey("MetricName")) {
        seen.add(seen(properties));
      }
      for (Object query : Tree.listAt(properties, "Metrics")) {
        if (Tree.at(query, "MetricStat") != null) {
          seen.add(seen(Tree.mapAt(query, "MetricStat", "Metric")));
        } else if (Tree.requiredAt(query, "Expression").startsWith("SELECT")) {
          seen.add(seen(Tree.requiredAt(query, "Expression")));
        }
      }
    }
    return seen;
  }

  private static Seen seen(Map<String, Object> metric) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (Object dimension : Tree.listAt(metric, "Dimensions")) {
      dimensions.put(Tree.requiredAt(dimension, "Name"), Tree.requiredAt(dimension, "Value"));
    }
    return new Seen(
        Tree.requiredAt(metric, "Namespace"), Tree.requiredAt(metric, "MetricName"), dimensions);
  }

  private static Seen seen(String query) {
    Matcher parts = QUERY.matcher(query);
    assertThat(parts.matches()).as(query).isTrue();
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (String name : List.of(parts.group(3), parts.group(4))) {
      dimensions.put(name, name.equals(parts.group(5)) ? parts.group(6) : "any");
    }
    return new Seen(parts.group(2), parts.group(1), dimensions);
  }

  private static List<Object> widgets(Template template) {
    String body = Tree.requiredAt(template.properties("Dashboard"), "DashboardBody");
    return Tree.listAt(((JsonObject.Read) JsonObject.read(body)).object().members(), "widgets");
  }

  private static Set<Seen> ofDashboard(Template template) {
    Set<Seen> seen = new HashSet<>();
    for (Object widget : widgets(template)) {
      for (Object metric : Tree.listAt(widget, "properties", "metrics")) {
        if (!isCalculated((List<?>) metric)) {
          seen.add(seen((List<?>) metric));
        }
      }
    }
    return seen;
  }

  /** Whether it is calculated from other metrics of the widget. */
  private static boolean isCalculated(List<?> metric) {
    return metric.getFirst() instanceof Map<?, ?> expression
        && !String.valueOf(expression.get("expression")).startsWith("SEARCH");
  }

  private static Seen seen(List<?> metric) {
    if (metric.get(0) instanceof Map<?, ?> expression) {
      Matcher search = SEARCH.matcher(String.valueOf(expression.get("expression")));
      assertThat(search.matches()).as("%s", expression).isTrue();
      Map<String, String> dimensions = new LinkedHashMap<>();
      dimensions.put("Stack", search.group(3));
      dimensions.put(search.group(2), "any");
      return new Seen(search.group(1), search.group(4), dimensions);
    }
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (int i = 2; i + 1 < metric.size(); i += 2) {
      dimensions.put(String.valueOf(metric.get(i)), String.valueOf(metric.get(i + 1)));
    }
    return new Seen(String.valueOf(metric.get(0)), String.valueOf(metric.get(1)), dimensions);
  }

  private static Set<String> ofTheCode() {
    return Arrays.stream(Metric.values()).map(Metric::code).collect(Collectors.toSet());
  }

  @Test
  void alarmsAndDashboardReferOnlyToWhatIsEmitted() {
    Set<Seen> all = new HashSet<>(ofAlarms(TEMPLATE));
    all.addAll(ofDashboard(TEMPLATE));
    assertThat(all).hasSizeGreaterThan(15);

    for (Seen seen : all) {
      switch (seen.namespace()) {
        case "Vended" -> {
          assertThat(ofTheCode()).contains(seen.metric());
          assertThat(DIMENSIONS.getOrDefault(seen.metric(), Set.of("Stack")))
              .as("%s", seen)
              .contains(seen.names());
        }
        case "AWS/Lambda" -> {
          assertThat(seen.metric()).isIn("Errors", "Throttles", "Duration");
          assertThat(seen.names()).isEqualTo("FunctionName");
        }
        case "AWS/ApiGateway" -> {
          assertThat(seen.metric()).isIn("Count", "4XXError", "5XXError", "Latency");
          assertThat(seen.names()).isEqualTo("ApiName,Stage");
        }
        case "AWS/DynamoDB" -> {
          assertThat(seen.metric())
              .isIn(
                  "AgeOfOldestUnreplicatedRecord",
                  "FailedToReplicateRecordCount",
                  "SuccessfulRequestLatency");
          assertThat(seen.names()).isIn("DelegatedOperation,TableName", "TableName,Operation");
        }
        case "AWS/Firehose" -> {
          assertThat(seen.metric()).isIn("KinesisMillisBehindLatest", "DeliveryToS3.DataFreshness");
          assertThat(seen.names()).isEqualTo("DeliveryStreamName");
        }
        case "AWS/S3" -> {
          assertThat(seen.metric()).isIn("ReplicationLatency", "OperationsFailedReplication");
          assertThat(seen.names()).isEqualTo("SourceBucket,DestinationBucket,RuleId");
        }
        case "AWS/EventBridge/Pipes" -> {
          assertThat(seen.metric()).isEqualTo("ExecutionFailed");
          assertThat(seen.names()).isEqualTo("PipeName");
        }
        case "AWS/SQS" -> {
          assertThat(seen.metric()).isEqualTo("ApproximateNumberOfMessagesVisible");
          assertThat(seen.names()).isEqualTo("QueueName");
        }
        case "AWS/States" -> assertThat(seen.names()).isEqualTo("StateMachineArn");
        default -> throw new AssertionError(seen.toString());
      }
    }
  }

  /** The functions take the dimension's value from the variable, and alarms from the template. */
  @Test
  void twoStacksOfOneAccountShareNoMetric() {
    Template other = ofStack("staging");
    Template one = ofStack("vended");

    assertThat(ofAlarms(other))
        .hasSameSizeAs(ofAlarms(one))
        .doesNotContainAnyElementsOf(ofAlarms(one));
    assertThat(ofDashboard(other))
        .hasSameSizeAs(ofDashboard(one))
        .doesNotContainAnyElementsOf(ofDashboard(one));
    for (String function : other.ofType("AWS::Serverless::Function")) {
      assertThat(other.environment(function)).containsEntry("STACK_NAME", "staging");
    }
    assertThat(ofAlarms(other))
        .filteredOn(seen -> seen.namespace().equals("Vended"))
        .isNotEmpty()
        .allSatisfy(seen -> assertThat(seen.dimensions()).containsEntry("Stack", "staging"));
  }

  private static Template ofStack(String name) {
    return Template.read(
        Path.of("template.yaml"),
        Map.of("AWS::StackName", name, "EvidenceRetentionDays", "1", "PublishEvents", "true"));
  }

  @Test
  void theDashboardShowsAllThatIsEmitted() {
    assertThat(
            ofDashboard(TEMPLATE).stream()
                .filter(seen -> seen.namespace().equals("Vended"))
                .map(Seen::metric)
                .collect(Collectors.toSet()))
        .isEqualTo(ofTheCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  void theDashboardShowsEveryAlarm_AndItsWidgetsDoNotOverlap(String evidence) {
    Template template =
        Template.read(
            Path.of("template.yaml"),
            Map.of(
                "EvidenceRetentionDays",
                evidence,
                "PublishEvents",
                evidence.equals("0") ? "false" : "true"));
    Set<String> shown = new TreeSet<>();
    Set<String> taken = new HashSet<>();
    for (Object widget : widgets(template)) {
      Tree.listAt(widget, "properties", "alarms").forEach(alarm -> shown.add(alarm.toString()));
      for (int x = at(widget, "x"); x < at(widget, "x") + at(widget, "width"); x++) {
        assertThat(x).isLessThan(24);
        for (int y = at(widget, "y"); y < at(widget, "y") + at(widget, "height"); y++) {
          assertThat(taken.add(x + "," + y)).as("%s", widget).isTrue();
        }
      }
    }
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            template.ofType("AWS::CloudWatch::Alarm").stream().map(template::arn).toList());
  }

  private static int at(Object widget, String name) {
    return Integer.parseInt(Tree.requiredAt(widget, name));
  }

  @Test
  void everyAlarmHasWhatToDo() throws IOException {
    String text = Files.readString(RUNBOOK);
    String part = text.substring(text.indexOf("## Alarms"), text.indexOf("## Metrics"));
    List<String> headings = HEADING.matcher(part).results().map(found -> found.group(1)).toList();

    assertThat(headings)
        .containsExactlyInAnyOrderElementsOf(
            alarms().stream().map(alarm -> alarm.replaceFirst("Alarm$", "")).toList());
  }

  @Test
  void everyMetricIsExplained() throws IOException {
    String text = Files.readString(RUNBOOK);
    String part = text.substring(text.indexOf("## Metrics"));

    assertThat(ofTheCode()).allSatisfy(metric -> assertThat(part).contains("`" + metric + "`"));
  }

  @Test
  void everyAlarmTellsSomebody_AndKnowsWhatSilenceMeans() {
    for (String alarm : alarms()) {
      var withTopic =
          Template.read(
                  Path.of("template.yaml"),
                  Map.of(
                      "AlarmTopicArn",
                      "arn:aws:sns:eu-west-1:111122223333:ops",
                      "EvidenceRetentionDays",
                      "1",
                      "PublishEvents",
                      "true"))
              .properties(alarm);
      assertThat(Tree.listAt(withTopic, "AlarmActions"))
          .as(alarm)
          .containsExactly("arn:aws:sns:eu-west-1:111122223333:ops")
          .isEqualTo(Tree.listAt(withTopic, "OKActions"));
      assertThat(Tree.requiredAt(withTopic, "TreatMissingData"))
          .as(alarm)
          .isEqualTo(SILENT_IS_BAD.contains(alarm) ? "breaching" : "notBreaching");
      assertThat(Tree.requiredAt(withTopic, "AlarmDescription")).isNotBlank();
    }
  }

  @Test
  void everyFunctionIsWatched() {
    for (String alarm :
        List.of("FunctionErrorsAlarm", "FunctionThrottlesAlarm", "FunctionSlowAlarm")) {
      Map<String, String> ids = functions(alarm);
      assertThat(ids.values())
          .as(alarm)
          .containsExactlyInAnyOrderElementsOf(
              TEMPLATE.ofType("AWS::Serverless::Function").stream()
                  .map(TEMPLATE::reference)
                  .toList());
      String suffix = alarm.equals("FunctionSlowAlarm") ? "Share" : "";
      String all = expressions(alarm).getOrDefault("all", "");
      assertThat(all.replaceAll("^\\w+\\(\\[|]\\)$", "").split(", "))
          .containsExactlyInAnyOrderElementsOf(
              ids.keySet().stream().map(id -> id + suffix).toList());
    }
  }

  @Test
  void aRunIsComparedWithItsOwnTimeOut() {
    Map<String, String> expressions = expressions("FunctionSlowAlarm");
    functions("FunctionSlowAlarm")
        .forEach(
            (id, name) -> {
              String timeOut =
                  TEMPLATE.ofType("AWS::Serverless::Function").stream()
                      .filter(function -> TEMPLATE.reference(function).equals(name))
                      .map(function -> Tree.requiredAt(TEMPLATE.properties(function), "Timeout"))
                      .findFirst()
                      .orElseThrow();
              assertThat(expressions).containsEntry(id + "Share", id + "/" + timeOut + "000");
            });
  }

  /** The functions' names by the IDs that an alarm gives their metrics. */
  private static Map<String, String> functions(String alarm) {
    return Tree.listAt(TEMPLATE.properties(alarm), "Metrics").stream()
        .filter(query -> Tree.at(query, "MetricStat") != null)
        .collect(
            Collectors.toMap(
                query -> Tree.requiredAt(query, "Id"),
                query ->
                    Tree.requiredAt(
                        Tree.listAt(query, "MetricStat", "Metric", "Dimensions").getFirst(),
                        "Value")));
  }

  private static Map<String, String> expressions(String alarm) {
    return Tree.listAt(TEMPLATE.properties(alarm), "Metrics").stream()
        .filter(query -> Tree.at(query, "Expression") != null)
        .collect(
            Collectors.toMap(
                query -> Tree.requiredAt(query, "Id"),
                query -> Tree.requiredAt(query, "Expression")));
  }

  @Test
  void anOverdueReprobeIsToldOf_UnlessThereIsNoSchedule() {
    var alarm =
        Template.read(
                Path.of("template.yaml"),
                Map.of("ReprobeSchedule", "rate(15 days)", "ReprobeOverdueHours", "726"))
            .properties("ReprobeOverdueAlarm");
    var off =
        Template.read(Path.of("template.yaml"), Map.of("ReprobeSchedule", "off"))
            .properties("ReprobeOverdueAlarm");

    assertThat(Tree.requiredAt(alarm, "Threshold")).isEqualTo("726");
    assertThat(Tree.requiredAt(alarm, "TreatMissingData")).isEqualTo("breaching");
    // More than a hundred years.
    assertThat(Tree.requiredAt(off, "Threshold")).isEqualTo("1000000");
    assertThat(Tree.requiredAt(off, "TreatMissingData")).isEqualTo("notBreaching");
    assertThat(
            TEMPLATE.ofType("AWS::CloudWatch::Alarm").stream()
                .map(id -> TEMPLATE.properties(id).get("MetricName")))
        .contains("ReprobeAge", "MassRefusal");
  }

  /** Each look goes back 17 minutes, of which two are for timers that are late. */
  @Test
  void theWatchLooksOftenEnough_AndItsAlarmWaitsForTwoLooks() {
    assertThat(TEMPLATE.properties("WatchTimer"))
        .containsEntry("ScheduleExpression", "rate(15 minutes)");
    assertThat(Tree.requiredAt(TEMPLATE.properties("OpenIntentsAlarm"), "Period"))
        .isEqualTo("1800");
  }
}

package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the alarms see a stop anywhere between the audit table and the locked bucket. */
class EvidenceAlarmsTest {
  private static final Template TEMPLATE =
      Template.read(Path.of("template.yaml"), Map.of("EvidenceRetentionDays", "1"));
  private static final Pattern NOTHING = Pattern.compile("(\\w+)\\*0");
  private static final Pattern SUM = Pattern.compile("SUM\\(\\[(.+)]\\)");

  @Test
  void eachPartIsWatched() {
    String alarms =
        TEMPLATE.ofType("AWS::CloudWatch::Alarm").stream()
            .filter(alarm -> alarm.startsWith("Evidence"))
            .map(alarm -> Tree.mapAt(TEMPLATE.resource(alarm), "Properties").toString())
            .reduce("", String::concat);

    assertThat(alarms)
        .contains(
            "AgeOfOldestUnreplicatedRecord) FROM SCHEMA",
            "FailedToReplicateRecordCount) FROM SCHEMA",
            "WHERE TableName = '" + TEMPLATE.reference("AuditTable") + "'",
            "{Name=DeliveryStreamName, Value=" + TEMPLATE.reference("EvidenceDelivery") + "}",
            "{Name=SourceBucket, Value=" + TEMPLATE.reference("EvidenceLanding") + "}",
            "{Name=DestinationBucket, Value=" + TEMPLATE.reference("EvidenceBucket") + "}");
    Object rule =
        Tree.listAt(TEMPLATE.properties("EvidenceLanding"), "ReplicationConfiguration", "Rules")
            .getFirst();
    assertThat(alarms).contains("{Name=RuleId, Value=" + Tree.textAt(rule, "Id") + "}");
    assertThat(Tree.textAt(rule, "Destination", "Metrics", "Status")).isEqualTo("Enabled");
  }

  /**
   * A part that is switched off emits nothing at all, so both ends are compared.
   *
   * @param written calls that wrote to the table, day by day; - for a day without a value
   * @param arrived objects that were replicated, in the same way
   */
  @ParameterizedTest
  @CsvSource({
    "3 4, 2 1, false",
    "3 4, - -, true",
    "3 4, 2 -, false",
    "- 4, - -, false",
    "- -, - -, false",
    // Written late on the first day, arrived early on the second.
    "1 -, - 1, false",
    "1 1, - 1, false"
  })
  void twoDaysOfRecordsWithoutAnArrivalRing(String written, String arrived, boolean rings) {
    Map<String, Object> alarm = TEMPLATE.properties("EvidenceStoppedAlarm");
    double threshold = Double.parseDouble(Tree.requiredAt(alarm, "Threshold"));
    int days = Integer.parseInt(Tree.requiredAt(alarm, "EvaluationPeriods"));

    assertThat(Tree.textAt(alarm, "ComparisonOperator")).isEqualTo("LessThanThreshold");
    assertThat(Tree.textAt(alarm, "TreatMissingData")).isEqualTo("notBreaching");
    assertThat(
            IntStream.range(0, days)
                .mapToObj(day -> value(alarm, day(written, day), day(arrived, day)))
                .allMatch(value -> value.isPresent() && value.getAsDouble() < threshold))
        .isEqualTo(rings);
  }

  private static @Nullable Double day(String values, int day) {
    String value = values.split(" ", -1)[day];
    return value.equals("-") ? null : Double.valueOf(value);
  }

  /** What CloudWatch calculates for a day; nothing if no metric has a value. */
  private static OptionalDouble value(
      Map<String, Object> alarm, @Nullable Double written, @Nullable Double arrived) {
    Map<String, @Nullable Double> values = new HashMap<>();
    values.put("written", written);
    values.put("arrived", arrived);
    List<Object> queries = Tree.listAt(alarm, "Metrics").reversed();
    for (Object query : queries) {
      String expression = Tree.textAt(query, "Expression");
      if (expression != null) {
        values.put(Tree.requiredAt(query, "Id"), calculated(expression, values));
      }
    }
    Double all = values.get("all");
    return all == null ? OptionalDouble.empty() : OptionalDouble.of(all);
  }

  /** Arithmetic with nothing is nothing; a function of a list leaves it out. */
  private static @Nullable Double calculated(
      String expression, Map<String, @Nullable Double> values) {
    var nothing = NOTHING.matcher(expression);
    if (nothing.matches()) {
      Double value = values.get(nothing.group(1));
      return value == null ? null : value * 0;
    }
    var sum = SUM.matcher(expression);
    assertThat(sum.matches()).as(expression).isTrue();
    List<Double> present =
        Arrays.stream(sum.group(1).split(", ", -1))
            .map(values::get)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    return present.isEmpty() ? null : present.stream().mapToDouble(Double::doubleValue).sum();
  }
}

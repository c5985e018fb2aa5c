package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/operations.md says of a month's costs adds up, and counts what the template has. */
class CostsTest {
  private static final Path TEMPLATE = Path.of("template.yaml");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (.+?) \\| (?:\\$([\\d.]+))? ?\\| (?:\\$([\\d.]+)) \\|$");
  private static final Pattern TOTAL =
      Pattern.compile(
          "(?m)^\\| \\*\\*.+?\\*\\* \\| \\*\\*about \\$(\\d+)\\*\\* \\| \\*\\*about \\$(\\d+)\\*\\*"
              + " \\|$");

  private static String month() throws IOException {
    var guide = Files.readString(Path.of("docs", "operations.md"));
    return guide.substring(guide.indexOf("In a month of 30 days"), guide.indexOf("## Upgrading"));
  }

  @Test
  void theAlarmsAreCounted() throws IOException {
    var without = Template.read(TEMPLATE, Map.of());
    var with = Template.read(TEMPLATE, Map.of("EvidenceRetentionDays", "1"));

    assertThat(month())
        .contains(
            String.format(
                Locale.ROOT,
                "| %d alarms that watch %d metrics, $0.10 each | $%.2f |",
                alarms(without),
                metrics(without),
                metrics(without) / 10.0),
            "the evidence's %d alarms, which watch %d metrics"
                .formatted(alarms(with) - alarms(without), metrics(with) - metrics(without)));
  }

  private static int alarms(Template template) {
    return template.ofType("AWS::CloudWatch::Alarm").size();
  }

  /** An alarm is charged for each metric that it watches. */
  private static int metrics(Template template) {
    return template.ofType("AWS::CloudWatch::Alarm").stream()
        .map(alarm -> Tree.listAt(template.properties(alarm), "Metrics"))
        .mapToInt(
            all ->
                Math.max(
                    1,
                    (int)
                        all.stream()
                            .filter(metric -> Tree.at(metric, "MetricStat") != null)
                            .count()))
        .sum();
  }

  @Test
  void theSumsAreRight() throws IOException {
    var idle = BigDecimal.ZERO;
    var busy = BigDecimal.ZERO;
    var sums = new ArrayList<List<Long>>();
    for (var line : month().lines().toList()) {
      var row = ROW.matcher(line);
      var total = TOTAL.matcher(line);
      if (row.matches()) {
        idle = row.group(2) == null ? idle : idle.add(new BigDecimal(row.group(2)));
        busy = busy.add(new BigDecimal(row.group(3)));
      } else if (total.matches()) {
        sums.add(List.of(Long.valueOf(total.group(1)), Long.valueOf(total.group(2))));
        assertThat(sums.getLast())
            .as(line)
            .isEqualTo(List.of(Math.round(idle.doubleValue()), Math.round(busy.doubleValue())));
      }
    }
    assertThat(sums).hasSize(2);
  }
}

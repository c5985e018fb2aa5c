package vended.bench.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.bench.result.Section.Column;
import vended.json.Json;

/**
 * All that a run found.
 *
 * @param machine facts about the machine, none of which names it
 * @param options the options that were given
 */
public record Report(
    Map<String, String> machine, Map<String, String> options, List<Section> sections) {
  public Report {
    machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    sections = List.copyOf(sections);
  }

  /** As a document of Markdown tables, smallest and largest round in brackets. */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
            String.join(
                "; ",
                machine.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList()))
        .append(".\n");
    options.forEach(
        (name, value) ->
            // Where a jar lies says something of the machine, and nothing of the figures.
            text.append(
                "Run with `-Dbench." + name + "=" + value.replaceAll("[^,=]*/", "") + "`.\n"));
    for (Section section : sections) {
      text.append("\n### ").append(section.title()).append("\n\n");
      table(section, text);
      section.notes().forEach(note -> text.append('\n').append(note).append('\n'));
    }
    return text.toString();
  }

  private static void table(Section section, StringBuilder text) {
    List<Column> columns =
        section.columns().stream()
            .filter(
                column ->
                    section.subjects().stream()
                        .anyMatch(subject -> section.get(subject, column.id()) != null))
            .toList();
    if (columns.isEmpty()) {
      return;
    }
    text.append('|');
    columns.forEach(column -> text.append(" | ").append(heading(column)));
    text.append(" |\n|---").append("|---:".repeat(columns.size())).append("|\n");
    for (String subject : section.subjects()) {
      text.append("| ").append(subject);
      for (Column column : columns) {
        text.append(" | ").append(cell(section.get(subject, column.id()), column));
      }
      text.append(" |\n");
    }
  }

  private static String heading(Column column) {
    return column.unit().isEmpty() || column.unit().equals("×")
        ? column.title()
        : column.title() + ", " + column.unit();
  }

  private static String cell(@Nullable Samples samples, Column column) {
    if (samples == null) {
      return "–";
    }
    String value = number(samples.value(), column.digits());
    String low = number(samples.smallest(), column.digits());
    String high = number(samples.largest(), column.digits());
    return low.equals(high) ? value : "%s (%s–%s)".formatted(value, low, high);
  }

  static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** As JSON, with the value of each round. */
  public String json() {
    Map<String, Object> parts = new LinkedHashMap<>();
    for (Section section : sections) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("title", section.title());
      part.put("notes", section.notes());
      part.put("figures", section.subjects().stream().map(row -> row(section, row)).toList());
      parts.put(section.id(), part);
    }
    return Json.write(Map.of("machine", machine, "options", options, "parts", parts)) + "\n";
  }

  private static Map<String, Object> row(Section section, String subject) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("subject", subject);
    for (Column column : section.columns()) {
      Samples samples = section.get(subject, column.id());
      if (samples != null) {
        Map<String, Object> figure = new LinkedHashMap<>();
        figure.put("unit", column.unit());
        figure.put("value", decimal(samples.value()));
        figure.put("rounds", samples.rounds().stream().map(Report::decimal).toList());
        row.put(column.id(), figure);
      }
    }
    return row;
  }

  private static double decimal(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** One plot for each column that has one, by the names of the files. */
  public Map<String, String> plots() {
    Map<String, String> plots = new LinkedHashMap<>();
    for (Section section : sections) {
      for (Column column : section.columns()) {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (String subject : section.subjects()) {
          Samples samples = section.get(subject, column.id());
          if (samples != null) {
            bars.add(new BarChart.Bar(subject, samples));
          }
        }
        if (column.plotted() && !bars.isEmpty()) {
          plots.put(
              section.id() + "-" + column.id() + ".svg",
              new BarChart(section.title() + ": " + column.title(), column, bars).svg());
        }
      }
    }
    return plots;
  }
}

package vended.bench.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one part of the benchmark found: a table with a row for each subject. */
public final class Section {
  private final String id;
  private final String title;
  private final List<Column> columns = new ArrayList<>();
  private final Map<String, Map<String, Samples>> rows = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * A column.
   *
   * @param id in the JSON
   * @param title in the table
   * @param unit behind each value; {@code ×} for ratios
   * @param digits behind the point
   * @param plotted whether it has a plot
   */
  public record Column(String id, String title, String unit, int digits, boolean plotted) {}

  /**
   * A section without rows yet.
   *
   * @param id in the JSON, and the start of the plots' names
   */
  public Section(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Adds a column, behind those that are there. Ratios come first. */
  public Section column(String columnId, String heading, String unit, int digits) {
    columns.add(new Column(columnId, heading, unit, digits, false));
    return this;
  }

  /** Adds a column that has a plot. */
  public Section plotted(String columnId, String heading, String unit, int digits) {
    columns.add(new Column(columnId, heading, unit, digits, true));
    return this;
  }

  /** Sets a figure. */
  public Section put(String subject, String columnId, Samples samples) {
    if (columns.stream().noneMatch(column -> column.id().equals(columnId))) {
      throw new IllegalArgumentException("no column " + columnId);
    }
    rows.computeIfAbsent(subject, name -> new LinkedHashMap<>()).put(columnId, samples);
    return this;
  }

  /** Adds a sentence for the reader: what was not measured and why, or what to know. */
  public Section note(String sentence) {
    if (!notes.contains(sentence)) {
      notes.add(sentence);
    }
    return this;
  }

  public String id() {
    return id;
  }

  public String title() {
    return title;
  }

  public List<Column> columns() {
    return List.copyOf(columns);
  }

  /** The subjects, in the order in which they were put. */
  public List<String> subjects() {
    return List.copyOf(rows.keySet());
  }

  /** A figure; null if it was not measured. */
  public @Nullable Samples get(String subject, String columnId) {
    return rows.getOrDefault(subject, Map.of()).get(columnId);
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }
}

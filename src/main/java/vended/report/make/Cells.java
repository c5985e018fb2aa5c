package vended.report.make;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import vended.audit.AuditTime;
import vended.report.period.Counts;

/**
 * A row of a cursor, read strictly: whoever sends a cursor can have written it.
 *
 * @param values as JSON has them
 */
record Cells(List<?> values) {
  private static final int MAX_TEXT = 4096;
  private static final long MAX_COUNT = 1_000_000_000_000L;

  /** The rows of a list. */
  static List<Cells> rows(Object list, int most) {
    if (!(list instanceof List<?> rows) || rows.size() > most) {
      throw new IllegalArgumentException("not a list of rows");
    }
    return rows.stream().map(Cells::of).toList();
  }

  static Cells of(Object row) {
    if (!(row instanceof List<?> values)) {
      throw new IllegalArgumentException("not a row");
    }
    return new Cells(values);
  }

  String text(int index) {
    if (index < values.size()
        && values.get(index) instanceof String text
        && text.length() <= MAX_TEXT) {
      return text;
    }
    throw new IllegalArgumentException("not a text");
  }

  long count(int index) {
    if (index < values.size()
        && values.get(index) instanceof Long number
        && number >= 0
        && number <= MAX_COUNT) {
      return number;
    }
    throw new IllegalArgumentException("not a count");
  }

  boolean flag(int index) {
    return count(index) != 0;
  }

  List<Cells> rows(int index, int most) {
    if (index >= values.size()) {
      throw new IllegalArgumentException("not a list");
    }
    return rows(values.get(index), most);
  }

  static List<Object> counts(Counts counts) {
    return List.of(counts.granted(), counts.denied(), counts.failed());
  }

  static Counts counts(Cells row, int index) {
    return new Counts(row.count(index), row.count(index + 1), row.count(index + 2));
  }

  static Instant time(String text) {
    return AuditTime.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a time: " + text.length()));
  }

  static List<Cells> rows(Map<?, ?> saved, String name, int most) {
    return Cells.rows(value(saved, name), most);
  }

  static Cells row(Map<?, ?> saved, String name) {
    return Cells.of(value(saved, name));
  }

  static long count(Map<?, ?> saved, String name) {
    return new Cells(List.of(value(saved, name))).count(0);
  }

  static String text(Map<?, ?> saved, String name) {
    return new Cells(List.of(value(saved, name))).text(0);
  }

  static Map<?, ?> object(Map<?, ?> saved, String name) {
    if (value(saved, name) instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException("not an object: " + name);
  }

  private static Object value(Map<?, ?> saved, String name) {
    Object value = saved.get(name);
    if (value == null) {
      throw new IllegalArgumentException("without " + name);
    }
    return value;
  }
}

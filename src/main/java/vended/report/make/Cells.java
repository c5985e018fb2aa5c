package vended.report.make;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;
import vended.audit.query.AuditSweep.Place;
import vended.audit.query.AuditSweep.Row;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Position.RowKey;
import vended.report.period.Counts;

/**
 * A row of a cursor, read strictly: whoever sends a cursor can have written it.
 *
 * @param values as JSON has them
 */
record Cells(List<?> values) {
  private static final int MAX_TEXT = 4096;

  /** The longest ID of a vend, or kind of a record. */
  private static final int MAX_KEY = 64;

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

  /** The cells of a place in a sweep; none for null. */
  static List<Object> place(@Nullable Place place) {
    if (place == null) {
      return List.of();
    }
    Row after = place.after();
    return after == null
        ? List.of(place.hour().toString(), place.shard())
        : List.of(place.hour().toString(), place.shard(), after.at(), after.vendId(), after.kind());
  }

  /**
   * The place that all cells together say; null if there are none.
   *
   * @param swept the period that the place must be in
   */
  @Nullable Place place(Period swept) {
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() != 2 && values.size() != 5) {
      throw new IllegalArgumentException("not a place");
    }
    Instant hour = time(text(0));
    boolean isHour = hour.getEpochSecond() % 3600 == 0 && hour.getNano() == 0;
    if (!isHour
        || hour.plus(Duration.ofHours(1)).isBefore(swept.since())
        || !hour.isBefore(swept.until())) {
      throw new IllegalArgumentException("not an hour of the period");
    }
    Row after = values.size() == 2 ? null : new Row(at(2, swept), key(3), key(4));
    return new Place(hour, (int) Math.min(count(1), Integer.MAX_VALUE), after);
  }

  /** The cells of a position in an index; none for null. */
  static List<Object> position(@Nullable Position position) {
    if (position == null) {
      return List.of();
    }
    RowKey row = position.row();
    return row == null ? List.of(position.at()) : List.of(position.at(), row.vendId(), row.kind());
  }

  /**
   * The position that all cells together say; null if there are none.
   *
   * @param until the time that the position must be before
   */
  @Nullable Position position(Instant until) {
    if (values.isEmpty()) {
      return null;
    }
    String at = at(0, new Period(Period.FIRST, until));
    return new Position(at, values.size() == 1 ? null : new RowKey(0, key(1), key(2)));
  }

  /** A time as rows have it. DynamoDB rejects a start outside of the query's own bounds. */
  private String at(int index, Period within) {
    String at = text(index);
    String first = AuditTime.at(within.since());
    if (at.length() != first.length()
        || at.compareTo(first) < 0
        || at.compareTo(AuditTime.at(within.until())) >= 0) {
      throw new IllegalArgumentException("not a time of the period");
    }
    return at;
  }

  private String key(int index) {
    String key = text(index);
    if (key.isEmpty() || key.length() > MAX_KEY) {
      throw new IllegalArgumentException("not a key");
    }
    return key;
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

package vended.report.make;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vended.audit.query.AuditRow;

/** The keys of the records that a report shows in full. They are read when it is complete. */
final class Listed {
  private static final int NEWEST = 100;

  /** The most intents without an outcome. */
  private static final int MOST_OPEN = 1_000;

  private static final Comparator<RowKey> NEWEST_FIRST =
      Comparator.comparing(RowKey::at)
          .thenComparing(RowKey::vendId)
          .thenComparing(RowKey::kind)
          .reversed();

  private final TreeSet<RowKey> newest = new TreeSet<>(NEWEST_FIRST);
  private final TreeSet<RowKey> open = new TreeSet<>(NEWEST_FIRST);
  private long underWay;

  record RowKey(String at, String vendId, String kind) {
    static RowKey of(AuditRow row) {
      return new RowKey(row.at(), row.vendId(), row.kind());
    }
  }

  void addNewest(AuditRow row) {
    newest.add(RowKey.of(row));
    if (newest.size() > NEWEST) {
      newest.pollLast();
    }
  }

  /** Adds an intent without an outcome. */
  void addOpen(AuditRow row) {
    open.add(RowKey.of(row));
    if (open.size() > MOST_OPEN) {
      throw new TooLargeException("more than %,d intents without an outcome".formatted(MOST_OPEN));
    }
  }

  /** Counts an intent that can still end. */
  void addUnderWay() {
    underWay++;
  }

  List<RowKey> newest() {
    return List.copyOf(newest);
  }

  List<RowKey> open() {
    return List.copyOf(open);
  }

  long underWay() {
    return underWay;
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("newest", rows(newest));
    saved.put("open", rows(open));
    saved.put("underWay", underWay);
    return saved;
  }

  private static List<Object> rows(Set<RowKey> keys) {
    List<Object> rows = new ArrayList<>();
    keys.forEach(key -> rows.add(List.of(key.at(), key.vendId(), key.kind())));
    return rows;
  }

  static Listed read(Map<?, ?> saved) {
    Listed listed = new Listed();
    Cells.rows(saved, "newest", NEWEST).forEach(row -> listed.newest.add(key(row)));
    Cells.rows(saved, "open", MOST_OPEN).forEach(row -> listed.open.add(key(row)));
    listed.underWay = Cells.count(saved, "underWay");
    return listed;
  }

  private static RowKey key(Cells row) {
    return new RowKey(row.text(0), row.text(1), row.text(2));
  }
}

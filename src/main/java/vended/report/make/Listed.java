package vended.report.make;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import vended.audit.query.AuditRow;

/** The keys of the records that a report shows in full. They are read when it is complete. */
final class Listed {
  private static final int NEWEST = 100;

  /** Of the intents without an outcome, the most of vends and probes, and the most of changes. */
  private static final int MOST_OPEN = 1_000;

  /** The longest part of a key: an ID or a kind. */
  private static final int MAX_KEY = 64;

  private static final Set<String> KINDS =
      Set.of(
          AuditRow.INTENT,
          AuditRow.OUTCOME,
          AuditRow.PROBE,
          AuditRow.ADMIN,
          AuditRow.ADMIN_OUTCOME);

  private static final Comparator<RowKey> NEWEST_FIRST =
      Comparator.comparing(RowKey::at)
          .thenComparing(RowKey::vendId)
          .thenComparing(RowKey::kind)
          .reversed();

  private final TreeSet<RowKey> newest = new TreeSet<>(NEWEST_FIRST);
  private final TreeSet<RowKey> openVends = new TreeSet<>(NEWEST_FIRST);
  private final TreeSet<RowKey> openChanges = new TreeSet<>(NEWEST_FIRST);
  private long vendCount;
  private long changeCount;
  private long underWay;

  record RowKey(String at, String vendId, String kind) {
    static RowKey of(AuditRow row) {
      return new RowKey(row.at(), row.vendId(), row.kind());
    }
  }

  void addNewest(AuditRow row) {
    add(newest, row, NEWEST);
  }

  private static void add(NavigableSet<RowKey> keys, AuditRow row, int most) {
    keys.add(RowKey.of(row));
    if (keys.size() > most) {
      keys.pollLast();
    }
  }

  /** Adds an intent without an outcome. An outage can leave any number, so all are counted. */
  void addOpen(AuditRow row) {
    if (row.kind().equals(AuditRow.ADMIN)) {
      add(openChanges, row, MOST_OPEN);
      changeCount++;
    } else {
      add(openVends, row, MOST_OPEN);
      vendCount++;
    }
  }

  /** Counts an intent that is still under way. */
  void addUnderWay() {
    underWay++;
  }

  List<RowKey> newest() {
    return List.copyOf(newest);
  }

  List<RowKey> openVends() {
    return List.copyOf(openVends);
  }

  List<RowKey> openChanges() {
    return List.copyOf(openChanges);
  }

  long vendCount() {
    return vendCount;
  }

  long changeCount() {
    return changeCount;
  }

  long underWay() {
    return underWay;
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("newest", rows(newest));
    saved.put("openVends", rows(openVends));
    saved.put("openChanges", rows(openChanges));
    saved.put("counts", List.of(vendCount, changeCount, underWay));
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
    Cells.rows(saved, "openVends", MOST_OPEN).forEach(row -> listed.openVends.add(key(row)));
    Cells.rows(saved, "openChanges", MOST_OPEN).forEach(row -> listed.openChanges.add(key(row)));
    Cells counts = Cells.row(saved, "counts");
    listed.vendCount = counts.count(0);
    listed.changeCount = counts.count(1);
    listed.underWay = counts.count(2);
    return listed;
  }

  private static RowKey key(Cells row) {
    return new RowKey(row.text(0), name(row.text(1)), kind(row.text(2)));
  }

  /** DynamoDB rejects a read of an empty or a long key. */
  private static String name(String text) {
    if (text.isEmpty() || text.length() > MAX_KEY) {
      throw new IllegalArgumentException("not a key");
    }
    return text;
  }

  /** Each kind multiplies the keys of one read, which are limited. */
  private static String kind(String text) {
    if (!KINDS.contains(text)) {
      throw new IllegalArgumentException("not a kind");
    }
    return text;
  }
}

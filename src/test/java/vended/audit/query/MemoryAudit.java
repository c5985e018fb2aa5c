package vended.audit.query;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.AuditTime;

/**
 * An audit in memory, whose sweeps come in pages of random sizes, with the attributes that they
 * were asked for.
 */
public final class MemoryAudit implements AuditSweep, AuditRows, LastUse {
  private final List<AuditRow> rows;
  private final Random random;

  /**
   * An audit of these rows.
   *
   * @param rows each with a valid time
   * @param random decides how many rows come at once
   */
  public MemoryAudit(List<AuditRow> rows, Random random) {
    this.rows =
        rows.stream()
            .sorted(
                Comparator.comparing((AuditRow row) -> row.at().substring(0, 13))
                    .reversed()
                    .thenComparingInt(AuditRow::shard)
                    .thenComparing(Comparator.comparing(AuditRow::at).reversed())
                    .thenComparing(AuditRow::vendId)
                    .thenComparing(AuditRow::kind))
            .toList();
    this.random = random;
  }

  @Override
  public @Nullable Place sweep(
      Period period, Set<String> attributes, @Nullable Place from, Visitor visitor)
      throws AuditException {
    List<AuditRow> all = rows.stream().filter(row -> isIn(row, period)).toList();
    int next = from == null ? 0 : start(all, from);
    while (next < all.size()) {
      int end = next + 1;
      int most = next + 1 + random.nextInt(60);
      while (end < all.size() && end < most && isSameShard(all.get(next), all.get(end))) {
        end++;
      }
      Place place =
          end == all.size() ? null : AuditSweep.after(hour(all.get(end - 1)), all.get(end - 1));
      if (!visitor.take(projected(all.subList(next, end), attributes), place)) {
        return place;
      }
      next = end;
    }
    return null;
  }

  private static List<AuditRow> projected(List<AuditRow> rows, Set<String> attributes) {
    return attributes.isEmpty()
        ? rows
        : rows.stream().map(row -> projected(row, attributes)).toList();
  }

  private static AuditRow projected(AuditRow row, Set<String> attributes) {
    Map<String, Object> read = new HashMap<>(row.attributes());
    read.keySet().retainAll(attributes);
    return new AuditRow(row.vendId(), row.kind(), row.at(), row.shard(), read);
  }

  private static int start(List<AuditRow> all, Place from) {
    Row after = from.after();
    for (int i = 0; i < all.size() && after != null; i++) {
      AuditRow row = all.get(i);
      if (row.vendId().equals(after.vendId()) && row.kind().equals(after.kind())) {
        return i + 1;
      }
    }
    throw new IllegalStateException("not a place of this sweep");
  }

  private static Instant hour(AuditRow row) {
    return Instant.parse(row.at()).truncatedTo(ChronoUnit.HOURS);
  }

  private static boolean isSameShard(AuditRow one, AuditRow other) {
    return one.shard() == other.shard() && one.at().regionMatches(0, other.at(), 0, 13);
  }

  private static boolean isIn(AuditRow row, Period period) {
    return row.at().compareTo(AuditTime.at(period.since())) >= 0
        && row.at().compareTo(AuditTime.at(period.until())) < 0;
  }

  @Override
  public Slice read(AuditKey key, Period period, @Nullable Position from, int limit) {
    AuditKey.Indexed indexed = (AuditKey.Indexed) key;
    return new Slice(
        rows.stream()
            .filter(row -> isIn(row, period))
            .filter(
                row ->
                    indexed.values().contains(String.valueOf(row.text(indexed.index().hashKey()))))
            .toList(),
        null);
  }

  @Override
  public Map<String, List<AuditRow>> ofVends(Collection<String> vendIds, Set<String> kinds) {
    Map<String, List<AuditRow>> found = new HashMap<>();
    rows.stream()
        .filter(row -> vendIds.contains(row.vendId()) && kinds.contains(row.kind()))
        .forEach(row -> found.computeIfAbsent(row.vendId(), id -> new ArrayList<>()).add(row));
    return found;
  }

  @Override
  public Map<Pair, Use> before(Collection<Pair> pairs, Instant until, Duration within) {
    Map<Pair, Use> found = new HashMap<>();
    for (Pair pair : pairs) {
      found.put(
          pair,
          rows.stream()
              .filter(row -> "granted".equals(row.text("outcome")))
              .filter(row -> pair.caller().value().equals(row.text("caller")))
              .filter(row -> pair.role().value().equals(row.text("roleArn")))
              .map(AuditRow::at)
              .filter(at -> at.compareTo(AuditTime.at(until)) < 0)
              .max(Comparator.naturalOrder())
              .map(at -> (Use) new Use.Used(Instant.parse(Objects.requireNonNull(at))))
              .orElseGet(Use.Never::new));
    }
    return found;
  }
}

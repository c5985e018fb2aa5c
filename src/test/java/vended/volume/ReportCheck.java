package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.audit.query.Period;
import vended.volume.Figures.Kind;
import vended.volume.Figures.Use;

/** Compares the figures of a report's period with the facts. */
final class ReportCheck {
  private final List<Fact> all;
  private final Map<String, String> markers;
  private final Period period;
  private final Figures expected;
  private final Figures before;
  private final Figures.Firsts firsts;

  ReportCheck(Facts facts, Period period, Period previous) {
    this.all = facts.all();
    this.markers = facts.markers();
    this.period = period;
    this.expected = new Figures(all, period);
    this.before = new Figures(all, previous);
    this.firsts = Figures.Firsts.of(all);
  }

  long rows() {
    return expected.rows;
  }

  /** The member {@code period} of a report. */
  void assertSame(Map<String, @Nullable Object> report) {
    assertThat(report.get("rows")).isEqualTo(expected.rows);
    totals(report, expected);
    Map<String, @Nullable Object> previous = Records.object(report.get("previous"));
    assertThat(previous.get("rows")).isEqualTo(before.rows);
    totals(previous, before);
    timeline(Records.object(report.get("timeline")));
    pairs(report);
    refusals(Records.object(report.get("refusals")));
    addresses(report);
    open(Records.object(report.get("open")));
    markers(report);
    newest(report);
  }

  private static void totals(Map<String, @Nullable Object> of, Figures figures) {
    Map<String, Object> totals = new TreeMap<>();
    flatten("", Records.object(of.get("totals")), totals);
    Map<String, Object> wanted = new TreeMap<>();
    counts("", figures.vends, wanted);
    counts("changes.", figures.changes, wanted);
    wanted.put("changes.made", Objects.requireNonNull(wanted.remove("changes.granted")));
    wanted.put("probes.passed", figures.probes[0]);
    wanted.put("probes.notPassed", figures.probes[1]);
    wanted.put("callers", (long) figures.callers.size());
    wanted.put("roles", (long) figures.grantedRoles.size());
    wanted.put("clients", (long) figures.clients.size());
    wanted.put("addresses", (long) figures.addresses.size());
    wanted.put("other", 0L);
    assertThat(totals).isEqualTo(wanted);
  }

  private static void counts(String prefix, long[] counts, Map<String, Object> into) {
    into.put(prefix + "granted", counts[0]);
    into.put(prefix + "denied", counts[1]);
    into.put(prefix + "failed", counts[2]);
  }

  /** Leaves by their names, with those of the objects around them and a dot. */
  static void flatten(String prefix, Map<String, @Nullable Object> from, Map<String, Object> into) {
    from.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?>) {
            flatten(prefix + name + ".", Records.object(value), into);
          } else if (value != null) {
            into.put(prefix + name, value);
          }
        });
  }

  private void timeline(Map<String, @Nullable Object> timeline) {
    long length = "hour".equals(timeline.get("step")) ? 3_600_000 : 86_400_000;
    Map<String, long[]> buckets = new TreeMap<>();
    long first = period.since().toEpochMilli() / length * length;
    for (long start = first; start < period.until().toEpochMilli(); start += length) {
      buckets.put(Instant.ofEpochMilli(start).toString(), new long[3]);
    }
    all.stream()
        .filter(Facts.in(period))
        .filter(fact -> fact.is(Fact.OUTCOME))
        .forEach(
            fact -> {
              long start = fact.at() / length * length;
              String name = Instant.ofEpochMilli(start).toString();
              Objects.requireNonNull(buckets.get(name))[Figures.place(fact)]++;
            });
    List<Map<String, Object>> wanted = new ArrayList<>();
    buckets.forEach(
        (start, counts) -> {
          Map<String, Object> bucket = new TreeMap<>();
          bucket.put("start", start);
          counts("", counts, bucket);
          wanted.add(bucket);
        });
    assertThat(flat(timeline.get("buckets"))).isEqualTo(wanted);
  }

  /** Each element, with its leaves by their own names. */
  private static List<Map<String, Object>> flat(@Nullable Object list) {
    List<Map<String, Object>> flat = new ArrayList<>();
    for (Object element : Records.list(list)) {
      Map<String, Object> leaves = new TreeMap<>();
      flatten("", Records.object(element), leaves);
      Map<String, Object> named = new TreeMap<>();
      leaves.forEach((name, value) -> named.put(name.substring(name.lastIndexOf('.') + 1), value));
      flat.add(named);
    }
    return flat;
  }

  private void pairs(Map<String, @Nullable Object> report) {
    Set<Map<String, Object>> wanted = new HashSet<>();
    expected.pairs.forEach(
        (pair, use) -> {
          Map<String, Object> entry = usage(use, firsts.pairs().get(pair));
          entry.put("caller", pair.caller());
          entry.put("roleArn", pair.role());
          entry.values().removeIf(value -> value.equals(0L) || value.equals(false));
          wanted.add(entry);
        });
    assertUses("pairs", report, wanted);
    wanted.clear();
    expected.callers.forEach(
        (caller, use) -> {
          Map<String, Object> entry = usage(use, firsts.callers().get(caller));
          entry.put("caller", caller);
          entry.put("roles", (long) use.roles.size());
          entry.put("clients", use.roles.stream().map(Book::account).distinct().count());
          wanted.add(entry);
        });
    assertUses("callers", report, wanted);
    wanted.clear();
    expected.clients.forEach(
        (account, use) -> {
          Map<String, Object> entry = usage(use, firsts.clients().get(account));
          entry.put("account", account);
          entry.put("name", Objects.requireNonNull(expected.names.get(account)));
          entry.put("callers", (long) use.callers.size());
          entry.put("roles", (long) use.roles.size());
          wanted.add(entry);
        });
    assertUses("clients", report, wanted);
  }

  private Map<String, Object> usage(Use use, @Nullable Long firstEver) {
    Map<String, Object> usage = new TreeMap<>();
    counts("", use.counts, usage);
    usage.put("first", Service.at(use.first));
    usage.put("last", Service.at(use.last));
    usage.put("new", firstEver != null && firstEver >= period.since().toEpochMilli());
    return usage;
  }

  private static void assertUses(
      String name, Map<String, @Nullable Object> report, Set<Map<String, Object>> wanted) {
    List<Map<String, Object>> uses = flat(report.get(name));
    assertThat(uses).as(name).hasSize(wanted.size());
    uses.forEach(use -> assertThat(wanted).as("%s: %s", name, use).contains(use));
    List<Long> granted = uses.stream().map(use -> (Long) use.get("granted")).toList();
    assertThat(granted).as(name).isSortedAccordingTo(Comparator.reverseOrder());
  }

  private void refusals(Map<String, @Nullable Object> refusals) {
    Map<String, Long> reasons = new TreeMap<>();
    for (Map<String, Object> reason : flat(refusals.get("reasons"))) {
      reasons.put(reason.get("outcome") + " " + reason.get("reason"), (Long) reason.get("count"));
    }
    assertThat(reasons).isEqualTo(expected.reasons);
    long listed = 0;
    for (Map<String, Object> kind : flat(refusals.get("kinds"))) {
      Function<String, String> text = name -> String.valueOf(kind.getOrDefault(name, ""));
      Kind key =
          new Kind(
              text.apply("outcome"),
              text.apply("reason"),
              text.apply("caller"),
              text.apply("roleArn"));
      Use use = Objects.requireNonNull(expected.kinds.get(key), () -> "unexpected: " + key);
      long count = use.counts[1] + use.counts[2];
      assertThat(List.of(kind.get("count"), kind.get("first"), kind.get("last")))
          .as("%s", key)
          .isEqualTo(List.of(count, Service.at(use.first), Service.at(use.last)));
      listed += count;
    }
    long others = (Long) Objects.requireNonNull(refusals.getOrDefault("otherKinds", 0L));
    assertThat(listed + others).isEqualTo(expected.vends[1] + expected.vends[2]);
    if (others == 0) {
      assertThat(Records.list(refusals.get("kinds"))).hasSize(expected.kinds.size());
    }
  }

  private void addresses(Map<String, @Nullable Object> report) {
    Map<String, String> wanted = new TreeMap<>();
    expected.usedFrom.forEach(
        (use, first) -> {
          if (!before.usedFrom.containsKey(use)) {
            wanted.put(use, Service.at(first));
          }
        });
    Map<String, @Nullable Object> addresses = Records.object(report.get("newAddresses"));
    assertThat(addresses.get("count")).isEqualTo((long) wanted.size());
    Map<String, String> shown = new TreeMap<>();
    for (Map<String, Object> use : flat(addresses.get("shown"))) {
      shown.put(use.get("address") + " " + use.get("caller"), String.valueOf(use.get("first")));
    }
    assertThat(wanted).containsAllEntriesOf(shown);
    assertThat(shown).hasSize(Math.min(1000, wanted.size()));
  }

  private void open(Map<String, @Nullable Object> open) {
    assertThat(ids(open.get("vends"))).isEqualTo(expected.openVends);
    assertThat(ids(open.get("changes"))).isEqualTo(expected.openChanges);
    assertThat(open.getOrDefault("underWay", 0L)).isEqualTo(0L);
  }

  private static Set<String> ids(@Nullable Object list) {
    Set<String> ids = new TreeSet<>();
    for (Object element : Records.list(list)) {
      ids.add(String.valueOf(Records.object(element).get("vendId")));
    }
    return ids;
  }

  private void markers(Map<String, @Nullable Object> report) {
    Map<String, String> wanted = new TreeMap<>();
    expected.made.forEach(
        fact ->
            wanted.put(
                fact.vendId() + " " + fact.about().action() + " " + Service.at(fact.at()),
                Objects.requireNonNull(markers.get(fact.vendId()))));
    Map<String, String> shown = new TreeMap<>();
    for (Map<String, Object> marker : flat(report.get("markers"))) {
      shown.put(
          marker.get("vendId") + " " + marker.get("action") + " " + marker.get("at"),
          String.valueOf(marker.get("kind")));
    }
    assertThat(shown).isEqualTo(wanted);
  }

  /** The newest outcomes; of those of the oldest millisecond, any. */
  private void newest(Map<String, @Nullable Object> report) {
    List<@Nullable Object> newest = Records.list(report.get("newest"));
    List<Fact> outcomes =
        all.stream()
            .filter(Facts.in(period))
            .filter(fact -> fact.end() != null)
            .sorted(Comparator.comparingLong(Fact::at).reversed())
            .toList();
    assertThat(newest.size())
        .isLessThanOrEqualTo(outcomes.size())
        .isGreaterThanOrEqualTo(Math.min(50, outcomes.size()));
    List<String> times = new ArrayList<>();
    Map<String, Fact> facts = new HashMap<>();
    outcomes.forEach(fact -> facts.put(fact.key(), fact));
    for (Object row : newest) {
      Map<String, @Nullable Object> members = Records.object(row);
      times.add(String.valueOf(members.get("at")));
      assertThat(facts).containsKey(members.get("vendId") + " " + members.get("kind"));
    }
    assertThat(times)
        .isEqualTo(
            outcomes.stream().limit(newest.size()).map(fact -> Service.at(fact.at())).toList());
  }
}

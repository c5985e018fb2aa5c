package vended.volume;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vended.audit.query.Period;
import vended.volume.Book.Pair;

/** What a report must say about a period: counted here from the facts, in plain maps. */
final class Figures {
  /** How often something was used. */
  static final class Use {
    final long[] counts = new long[3];
    final Set<String> callers = new HashSet<>();
    final Set<String> roles = new HashSet<>();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    void add(Fact fact) {
      counts[place(fact)]++;
      first = Math.min(first, fact.at());
      last = Math.max(last, fact.at());
    }

    boolean isGranted() {
      return counts[0] > 0;
    }
  }

  /** Refusals that have everything in common. */
  record Kind(String outcome, String reason, String caller, String role) {}

  final long rows;
  final long[] vends = new long[3];
  final long[] changes = new long[3];
  final long[] probes = new long[2];
  final Set<String> addresses = new HashSet<>();
  final Set<String> grantedRoles = new HashSet<>();
  final Map<Pair, Use> pairs = new HashMap<>();
  final Map<String, Use> callers = new HashMap<>();
  final Map<String, Use> clients = new HashMap<>();
  final Map<String, String> names = new HashMap<>();
  final Map<String, Long> reasons = new TreeMap<>();
  final Map<Kind, Use> kinds = new HashMap<>();
  final Map<String, Long> usedFrom = new TreeMap<>();
  final Set<String> openVends = new TreeSet<>();
  final Set<String> openChanges = new TreeSet<>();
  final List<Fact> made = new ArrayList<>();
  private final Map<String, Long> named = new HashMap<>();

  Figures(List<Fact> all, Period period) {
    List<Fact> facts = all.stream().filter(Facts.in(period)).toList();
    rows = facts.size();
    facts.forEach(this::add);
    pairs.values().removeIf(use -> !use.isGranted());
    callers.values().removeIf(use -> !use.isGranted());
    clients.values().removeIf(use -> !use.isGranted());
    Set<String> ended = new HashSet<>();
    all.stream().filter(fact -> fact.end() != null).forEach(fact -> ended.add(fact.vendId()));
    for (Fact fact : facts) {
      if (fact.end() == null && !ended.contains(fact.vendId())) {
        (fact.is(Fact.ADMIN) ? openChanges : openVends).add(fact.vendId());
      }
    }
  }

  /** Granted, denied or failed. */
  static int place(Fact fact) {
    return switch (Objects.requireNonNull(fact.end()).outcome()) {
      case "granted", "made", "passed" -> 0;
      case "denied", "not passed" -> 1;
      default -> 2;
    };
  }

  private void add(Fact fact) {
    String account = fact.about().account();
    // The name of a client is that of its newest granted vend.
    if (fact.about().name() != null
        && fact.is(Fact.OUTCOME)
        && fact.end() != null
        && fact.end().outcome().equals("granted")
        && account != null
        && named.getOrDefault(account, Long.MIN_VALUE) <= fact.at()) {
      named.put(account, fact.at());
      names.put(account, fact.about().name());
    }
    switch (fact.kind()) {
      case Fact.OUTCOME -> vend(fact);
      case Fact.PROBE -> probes[place(fact)]++;
      case Fact.ADMIN_OUTCOME -> {
        changes[place(fact)]++;
        if (fact.ended("made")) {
          made.add(fact);
        }
      }
      default -> {}
    }
  }

  private void vend(Fact fact) {
    vends[place(fact)]++;
    String caller = fact.sender().caller();
    String role = fact.about().role();
    if (caller != null) {
      use(callers, caller, fact);
    }
    if (role != null) {
      use(clients, Book.account(role), fact);
    }
    if (caller != null && role != null) {
      use(pairs, new Pair(caller, role), fact);
    }
    if (fact.granted()) {
      String ip = Objects.requireNonNull(fact.sender().ip());
      addresses.add(ip);
      grantedRoles.add(Objects.requireNonNull(role));
      usedFrom.merge(ip + " " + caller, fact.at(), Math::min);
    } else {
      String reason = Objects.requireNonNull(Objects.requireNonNull(fact.end()).reason());
      String outcome = Objects.requireNonNull(fact.end()).outcome();
      reasons.merge(outcome + " " + reason, 1L, Long::sum);
      use(kinds, new Kind(outcome, reason, orEmpty(caller), orEmpty(role)), fact);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static <K> void use(Map<K, Use> uses, K key, Fact fact) {
    Use use = uses.computeIfAbsent(key, k -> new Use());
    use.add(fact);
    if (fact.granted()) {
      use.callers.add(Objects.requireNonNull(fact.sender().caller()));
      use.roles.add(Objects.requireNonNull(fact.about().role()));
    }
  }

  /** The first granted vend of each pair, caller and client, whenever that was. */
  record Firsts(Map<Pair, Long> pairs, Map<String, Long> callers, Map<String, Long> clients) {
    static Firsts of(List<Fact> all) {
      Firsts firsts = new Firsts(new HashMap<>(), new HashMap<>(), new HashMap<>());
      for (Fact fact : all) {
        if (fact.granted()) {
          String caller = Objects.requireNonNull(fact.sender().caller());
          String role = Objects.requireNonNull(fact.about().role());
          firsts.pairs.merge(new Pair(caller, role), fact.at(), Math::min);
          firsts.callers.merge(caller, fact.at(), Math::min);
          firsts.clients.merge(Book.account(role), fact.at(), Math::min);
        }
      }
      return firsts;
    }
  }

  /** When the vend ended that was granted to each pair and began last: IDs sort by their start. */
  static Map<Pair, Long> lastUses(List<Fact> all) {
    Map<Pair, Fact> last = new HashMap<>();
    for (Fact fact : all) {
      if (fact.granted()) {
        last.merge(
            new Pair(
                Objects.requireNonNull(fact.sender().caller()),
                Objects.requireNonNull(fact.about().role())),
            fact,
            (one, other) -> one.vendId().compareTo(other.vendId()) > 0 ? one : other);
      }
    }
    Map<Pair, Long> times = new HashMap<>();
    last.forEach((pair, fact) -> times.put(pair, fact.at()));
    return times;
  }
}

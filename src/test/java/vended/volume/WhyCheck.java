package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vended.volume.Book.House;
import vended.volume.Book.Pair;
import vended.volume.Book.Seat;
import vended.volume.Book.State;

/** Compares explanations of decisions, and what needs attention, with the facts and the book. */
final class WhyCheck {
  private static final Duration SOON = Duration.ofDays(14);

  private final Book book;
  private final List<Fact> all;

  WhyCheck(Book book, List<Fact> all) {
    this.book = book;
    this.all = all;
  }

  /** Some requests of each outcome and reason: the last record of each. */
  List<Fact> sample(int ofEach) {
    Set<String> ended = ended();
    Map<String, Integer> taken = new TreeMap<>();
    List<Fact> sample = new ArrayList<>();
    for (Fact fact : all.reversed()) {
      if (fact.end() != null || !ended.contains(fact.vendId())) {
        String kind = fact.kind() + fact.end();
        if (taken.merge(kind, 1, Integer::sum) <= ofEach) {
          sample.add(fact);
        }
      }
    }
    return sample;
  }

  private Set<String> ended() {
    Set<String> ended = new HashSet<>();
    all.stream().filter(fact -> fact.end() != null).forEach(fact -> ended.add(fact.vendId()));
    return ended;
  }

  /** What is said of one request. */
  void assertSame(Fact fact, Map<String, @Nullable Object> answer) {
    Map<String, @Nullable Object> recorded = Records.object(answer.get("record"));
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    for (String name : List.of("outcome", "at", "reason", "callerId", "action", "target")) {
      shown.put(name, recorded.get(name));
    }
    Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
    wanted.put("outcome", fact.end() == null ? "open" : fact.end().outcome().replace(' ', '_'));
    wanted.put("at", Service.at(fact.at()));
    wanted.put("reason", fact.end() == null ? null : fact.end().reason());
    wanted.put("callerId", fact.sender().callerId());
    wanted.put("action", fact.about().action());
    wanted.put("target", fact.about().target());
    assertThat(shown).as("%s", answer).isEqualTo(wanted);
    Boolean vended = vendedNow(fact);
    if (vended != null) {
      assertThat(answer.get("vendedNow")).as("%s", answer).isEqualTo(vended);
    }
  }

  /** Whether the same request would be vended; null where that depends on its own limits. */
  private @Nullable Boolean vendedNow(Fact fact) {
    String role = fact.about().role();
    String caller = fact.sender().caller();
    boolean vend =
        (fact.is(Fact.OUTCOME)
                && !"role_not_known".equals(Objects.requireNonNull(fact.end()).reason()))
            || fact.is(Fact.INTENT);
    Seat seat = caller == null || role == null ? null : book.seats.get(new Pair(caller, role));
    if (!vend || seat == null) {
      return false;
    }
    if (fact.ended("denied") && (seat.seconds < 3600 || seat.policy)) {
      return null;
    }
    boolean same = seat.pinnedTo == null || seat.pinnedTo.equals(fact.sender().callerId());
    return same && book.obstacles(seat, Instant.now()).isEmpty();
  }

  /** What is said of a grant: {@code now.reasons}. */
  void assertSame(Seat seat, Map<String, @Nullable Object> answer) {
    List<String> obstacles = book.obstacles(seat, Instant.now());
    assertThat(answer.get("vendedNow")).as("%s", answer).isEqualTo(obstacles.isEmpty());
    assertThat(Records.object(answer.get("now")).get("reasons")).isEqualTo(obstacles);
  }

  /** What needs attention, by kind. */
  void assertSame(Map<String, @Nullable Object> status) {
    Instant at = Instant.parse(String.valueOf(status.get("at")));
    Map<String, Long> shown = new TreeMap<>();
    for (Object finding : Records.list(status.get("findings"))) {
      Map<String, @Nullable Object> members = Records.object(finding);
      shown.put(
          String.valueOf(members.get("kind")), (Long) Objects.requireNonNull(members.get("count")));
    }
    // The schedule never ran here; the roles were verified months ago.
    shown.remove("reprobe_overdue");
    assertThat(shown)
        .isEqualTo(findings(at, Instant.parse(String.valueOf(status.get("openSince")))));
    assertThat(status.get("clients")).isEqualTo(clients());
    assertThat(status.get("grants"))
        .isEqualTo(book.seats.values().stream().filter(seat -> !seat.corrupt).count());
  }

  long clients() {
    return book.houses.values().stream().filter(house -> !house.corrupt).count();
  }

  private Map<String, Long> findings(Instant at, Instant openSince) {
    Map<String, Long> findings = new TreeMap<>();
    Set<String> ended = ended();
    count(
        findings,
        "open_intents",
        all.stream()
            .filter(fact -> fact.end() == null && !ended.contains(fact.vendId()))
            .filter(fact -> fact.at() >= openSince.toEpochMilli())
            .count());
    count(findings, "corrupt_rows", book.seats.values().stream().filter(s -> s.corrupt).count());
    count(findings, "corrupt_rows", book.houses.values().stream().filter(h -> h.corrupt).count());
    for (House house : book.houses.values()) {
      if (!house.corrupt) {
        count(findings, "suspended_clients", house.suspended ? 1 : 0);
        house.roles.forEach((role, state) -> role(findings, house, role, state, at));
      }
    }
    for (Seat seat : book.seats.values()) {
      if (isInForce(seat, at) && seat.end != null && seat.end.isBefore(at.plus(SOON))) {
        count(findings, "grants_ending", 1);
      }
    }
    return findings;
  }

  private void role(Map<String, Long> findings, House house, String role, State state, Instant at) {
    if (house.suspended || state == State.VERIFIED) {
      return;
    }
    boolean wanted =
        book.seats.values().stream()
            .anyMatch(seat -> seat.role.equals(role) && isInForce(seat, at));
    count(
        findings,
        state == State.DRIFTED
            ? "drifted_roles"
            : wanted ? "unverified_roles" : "unused_unverified_roles",
        1);
  }

  private static boolean isInForce(Seat seat, Instant at) {
    return !seat.corrupt && !seat.disabled && (seat.end == null || at.isBefore(seat.end));
  }

  private static void count(Map<String, Long> findings, String kind, long more) {
    if (more > 0) {
      findings.merge(kind, more, Long::sum);
    }
  }
}

package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.volume.Book.House;
import vended.volume.Book.Pair;
import vended.volume.Book.Seat;
import vended.volume.Book.State;

/** Compares what a report says about the current allow-list with the book. */
final class NowCheck {
  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration IDLE = Duration.ofDays(90);
  private static final int MOST_SHOWN = 100;

  private final Book book;
  private final Map<Pair, Long> lastUses;

  NowCheck(Book book, List<Fact> all) {
    this.book = book;
    this.lastUses = Figures.lastUses(all);
  }

  /** The member {@code now} of a report. */
  void assertSame(Map<String, @Nullable Object> report, Instant at) {
    assertThat(report.get("vending")).isEqualTo("running");
    assertThat(report.get("clients")).isEqualTo(houses(house -> true).count());
    assertThat(report.get("grants")).isEqualTo(seats(seat -> true).count());
    assertThat(report.get("disabled")).isEqualTo(seats(seat -> seat.disabled).count());
    long corrupt =
        book.seats.values().stream().filter(seat -> seat.corrupt).count()
            + book.houses.values().stream().filter(house -> house.corrupt).count();
    assertThat(Records.object(report.get("corrupt")).get("count")).isEqualTo(corrupt);
    listed(
        report,
        "suspended",
        List.of("account"),
        houses(house -> house.suspended).map(house -> house.account));
    listed(
        report,
        "drifted",
        List.of("roleArn"),
        houses(house -> true)
            .flatMap(house -> house.roles.entrySet().stream())
            .filter(role -> role.getValue() == State.DRIFTED)
            .map(Map.Entry::getKey));
    grants(report, "unpinned", seat -> !isOver(seat, at) && seat.pinnedTo == null);
    grants(report, "expired", seat -> isOver(seat, at));
    grants(
        report,
        "expiring",
        seat -> !isOver(seat, at) && !seat.disabled && isOver(seat, at.plus(SOON)));
    unused(report, at);
  }

  private Stream<House> houses(Predicate<House> which) {
    return book.houses.values().stream().filter(house -> !house.corrupt).filter(which);
  }

  private Stream<Seat> seats(Predicate<Seat> which) {
    return book.seats.values().stream().filter(seat -> !seat.corrupt).filter(which);
  }

  private static boolean isOver(Seat seat, Instant at) {
    return seat.end != null && !at.isBefore(seat.end);
  }

  private static void listed(
      Map<String, @Nullable Object> report, String name, List<String> keys, Stream<String> wanted) {
    Set<String> all = wanted.collect(Collectors.toSet());
    Map<String, @Nullable Object> listing = Records.object(report.get(name));
    assertThat(listing.get("count")).as(name).isEqualTo((long) all.size());
    List<String> shown =
        Records.list(listing.get("shown")).stream()
            .map(
                one ->
                    keys.stream()
                        .map(key -> String.valueOf(Records.object(one).get(key)))
                        .collect(Collectors.joining(" ")))
            .toList();
    assertThat(all).as(name).containsAll(shown);
    assertThat(shown).as(name).hasSize(Math.min(MOST_SHOWN, all.size())).doesNotHaveDuplicates();
  }

  private void grants(Map<String, @Nullable Object> report, String name, Predicate<Seat> which) {
    listed(
        report,
        name,
        List.of("caller", "roleArn"),
        seats(which).map(seat -> seat.who.arn() + " " + seat.role));
  }

  /** Grants in force that nobody used for 90 days, with their last use. */
  private void unused(Map<String, @Nullable Object> report, Instant at) {
    Instant since = at.minus(IDLE);
    Map<String, String> unused = new TreeMap<>();
    long young = 0;
    for (Seat seat : seats(seat -> !seat.disabled && !isOver(seat, at)).toList()) {
      boolean isAhead = seat.from != null && at.isBefore(seat.from);
      Long last = lastUses.get(seat.pair());
      if (isAhead || (last != null && last >= since.toEpochMilli())) {
        continue;
      }
      if (seat.made.isAfter(since) || (seat.from != null && seat.from.isAfter(since))) {
        young++;
      } else {
        unused.put(seat.who.arn() + " " + seat.role, last == null ? "null" : Service.at(last));
      }
    }
    assertThat(report.get("young")).isEqualTo(young);
    Map<String, @Nullable Object> listing = Records.object(report.get("unused"));
    assertThat(listing.get("count")).isEqualTo((long) unused.size());
    Map<String, String> shown = new TreeMap<>();
    for (Object one : Records.list(listing.get("shown"))) {
      Map<String, @Nullable Object> grant = Records.object(one);
      shown.put(
          grant.get("caller") + " " + grant.get("roleArn"), String.valueOf(grant.get("lastUsed")));
    }
    assertThat(unused).containsAllEntriesOf(shown);
    assertThat(shown).hasSize(Math.min(MOST_SHOWN, unused.size()));
  }
}

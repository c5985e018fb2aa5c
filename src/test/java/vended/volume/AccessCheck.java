package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.volume.Book.House;
import vended.volume.Book.Pair;
import vended.volume.Book.Seat;

/** Compares who has access, and why not, with the book. */
final class AccessCheck {
  private static final List<String> MEMBERS =
      List.of(
          "clientName",
          "vendedNow",
          "reasons",
          "lastUse",
          "neverUsed",
          "callerId",
          "unpinned",
          "maxDurationSeconds",
          "policyArns",
          "notBefore",
          "expiresAt");

  private final Book book;
  private final Map<Pair, Long> lastUses;

  AccessCheck(Book book, List<Fact> all) {
    this.book = book;
    this.lastUses = Figures.lastUses(all);
  }

  /** Each of these grants once, and each as the book has it; the number of grants. */
  long assertSame(Stream<Map<String, @Nullable Object>> shown, Stream<Seat> seats) {
    Map<String, Map<String, @Nullable Object>> actual = new TreeMap<>();
    shown.forEach(
        (Map<String, @Nullable Object> grant) -> {
          Map<String, @Nullable Object> members = new LinkedHashMap<>();
          MEMBERS.stream()
              .filter(name -> grant.get(name) != null)
              .forEach(name -> members.put(name, grant.get(name)));
          assertThat(actual.put(grant.get("caller") + " " + grant.get("roleArn"), members))
              .as("comes twice: %s", grant)
              .isNull();
        });
    Instant now = Instant.now();
    Map<String, Map<String, @Nullable Object>> expected = new TreeMap<>();
    seats.forEach(seat -> expected.put(seat.who.arn() + " " + seat.role, members(seat, now)));
    assertThat(actual).isEqualTo(expected);
    return actual.size();
  }

  private Map<String, @Nullable Object> members(Seat seat, Instant now) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    House house = book.houses.get(Book.account(seat.role));
    if (house != null && !house.corrupt) {
      members.put("clientName", house.name);
    }
    List<String> obstacles = new ArrayList<>(book.obstacles(seat, now));
    members.put("vendedNow", obstacles.isEmpty());
    members.put("reasons", obstacles);
    Long last = lastUses.get(seat.pair());
    if (last != null) {
      members.put("lastUse", Service.at(last));
    } else {
      members.put("neverUsed", true);
    }
    if (seat.corrupt) {
      return members;
    }
    if (seat.pinnedTo != null) {
      members.put("callerId", seat.pinnedTo);
    } else {
      members.put("unpinned", true);
    }
    members.put("maxDurationSeconds", (long) seat.seconds);
    if (seat.policy) {
      members.put("policyArns", List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"));
    }
    if (seat.from != null) {
      members.put("notBefore", Objects.requireNonNull(seat.from).toString());
    }
    if (seat.end != null) {
      members.put("expiresAt", Objects.requireNonNull(seat.end).toString());
    }
    return members;
  }
}

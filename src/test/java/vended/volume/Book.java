package vended.volume;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The allow-list as it should be: kept by hand beside each change, without any code of the service.
 */
final class Book {
  /** A grant's caller and role. */
  record Pair(String caller, String role) {}

  /** What is known of a client role. */
  enum State {
    VERIFIED,
    UNVERIFIED,
    DRIFTED
  }

  /** A client. */
  static final class House {
    final String account;
    final Map<String, State> roles = new LinkedHashMap<>();
    String name;
    boolean suspended;
    boolean corrupt;
    boolean markedAsOwn;

    /** Why the row of the client's own suspension refuses; null if it does not. */
    @Nullable String hold;

    House(String account, String name) {
      this.account = account;
      this.name = name;
    }
  }

  /** A grant. */
  static final class Seat {
    final Who who;
    final String role;
    final Instant made;

    /** Null for an unpinned grant. */
    @Nullable String pinnedTo;

    @Nullable Instant from;
    @Nullable Instant end;
    int seconds = 3600;
    boolean policy;
    boolean disabled;
    boolean corrupt;

    Seat(Who who, String role, Instant made) {
      this.who = who;
      this.role = role;
      this.made = made;
      this.pinnedTo = who.id();
    }

    Pair pair() {
      return new Pair(who.arn(), role);
    }
  }

  boolean stopped;
  boolean corruptSwitch;
  final Map<String, House> houses = new LinkedHashMap<>();
  final Map<Pair, Seat> seats = new LinkedHashMap<>();

  static String account(String role) {
    return role.substring(13, 25);
  }

  House house(String role) {
    return Objects.requireNonNull(houses.get(account(role)));
  }

  /** Why a vend is refused, by the rules of docs/api.md, in their order; null if it is not. */
  @Nullable String refusal(Who who, String role, Instant now) {
    if (corruptSwitch) {
      return "corrupt_switch";
    }
    if (stopped) {
      return "vending_stopped";
    }
    Seat seat = seats.get(new Pair(who.arn(), role));
    if (seat == null) {
      return "no_grant";
    }
    String ofGrant = ofGrant(seat, who, now);
    return ofGrant == null ? ofClient(role) : ofGrant;
  }

  private static @Nullable String ofGrant(Seat seat, Who who, Instant now) {
    if (seat.corrupt) {
      return "corrupt_grant";
    }
    if (seat.pinnedTo != null && !seat.pinnedTo.equals(who.id())) {
      return "caller_id_mismatch";
    }
    if (seat.disabled) {
      return "grant_disabled";
    }
    if (seat.from != null && now.isBefore(seat.from)) {
      return "grant_not_yet_valid";
    }
    return seat.end != null && !now.isBefore(seat.end) ? "grant_expired" : null;
  }

  private @Nullable String ofClient(String role) {
    House house = houses.get(account(role));
    if (house == null) {
      return "no_client";
    }
    if (house.corrupt) {
      return "corrupt_client";
    }
    if (house.hold != null) {
      return house.hold;
    }
    if (house.suspended) {
      return "client_suspended";
    }
    if (house.markedAsOwn) {
      return "not_own_account";
    }
    return house.roles.get(role) == State.VERIFIED ? null : "role_not_verified";
  }

  /** All that stands against a vend for whoever the grant is meant for. */
  List<String> obstacles(Seat seat, Instant now) {
    List<String> obstacles = new ArrayList<>();
    if (corruptSwitch || stopped) {
      obstacles.add(corruptSwitch ? "corrupt_switch" : "vending_stopped");
    }
    if (seat.corrupt) {
      obstacles.add("corrupt_grant");
    } else {
      obstacles.addAll(ofGrant(seat, now));
    }
    House house = houses.get(account(seat.role));
    if (house == null || house.corrupt) {
      obstacles.add(house == null ? "no_client" : "corrupt_client");
      return obstacles;
    }
    if (house.suspended) {
      obstacles.add("client_suspended");
    }
    if (house.markedAsOwn) {
      obstacles.add("not_own_account");
    }
    State state = house.roles.get(seat.role);
    if (state != State.VERIFIED) {
      obstacles.add(
          state == null
              ? "role_not_known"
              : state == State.DRIFTED ? "role_drifted" : "role_not_verified");
    }
    return obstacles;
  }

  private static List<String> ofGrant(Seat seat, Instant now) {
    List<String> obstacles = new ArrayList<>();
    if (seat.disabled) {
      obstacles.add("grant_disabled");
    }
    if (seat.from != null && now.isBefore(seat.from)) {
      obstacles.add("grant_not_yet_valid");
    }
    if (seat.end != null && !now.isBefore(seat.end)) {
      obstacles.add("grant_expired");
    }
    return obstacles;
  }
}

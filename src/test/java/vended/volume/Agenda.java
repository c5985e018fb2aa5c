package vended.volume;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.clock.SettableClock;
import vended.local.AllowListRows;
import vended.volume.Book.House;
import vended.volume.Book.Seat;

/** What happens to the allow-list, and when. */
final class Agenda {
  private final Scale scale;
  private final World world;
  private final Book book;
  private final Changes changes;
  private final Vends vends;
  private final Supplier<List<Runnable>> oneOfEach;
  private final TreeMap<Instant, List<Runnable>> items = new TreeMap<>();
  private final List<Seat> special = new ArrayList<>();

  Agenda(
      Scale scale,
      World world,
      Book book,
      Changes changes,
      Vends vends,
      Supplier<List<Runnable>> oneOfEach) {
    this.scale = scale;
    this.world = world;
    this.book = book;
    this.changes = changes;
    this.vends = vends;
    this.oneOfEach = oneOfEach;
    planStops();
    planClients();
    planDamage();
    planGrants();
  }

  /** Grants that something is wrong with for a part of the period. */
  List<Seat> special() {
    return special;
  }

  /** Does what is due until then, each at its time. */
  void until(Instant time, SettableClock clock) {
    while (!items.isEmpty() && !items.firstKey().isAfter(time)) {
      Map.Entry<Instant, List<Runnable>> due = items.pollFirstEntry();
      for (Runnable item : due.getValue()) {
        clock.set(due.getKey());
        item.run();
      }
    }
  }

  private void at(double part, Runnable item) {
    items.computeIfAbsent(scale.at(part), time -> new ArrayList<>()).add(item);
  }

  /** A vend between changes, so that each refusal occurs however few vends there are. */
  private void vend(Seat seat) {
    vends.vend(seat.who, seat.role, World.address(world.callers.indexOf(seat.who), 0));
  }

  /** The allow-list before the first vend. */
  void begin(SettableClock clock) {
    for (House house : world.houses) {
      clock.advance(Duration.ofMinutes(1));
      changes.putClient(house, house.name, world.rolesOf(house));
      for (String role : world.rolesOf(house)) {
        clock.advance(Duration.ofMinutes(1));
        changes.verify(role);
      }
    }
    clock.set(scale.beginning().plus(Duration.ofHours(12)));
    world.seats.forEach(changes::put);
    for (int i = 0; i < 10; i++) {
      Who who = world.callers.get(i % world.callers.size());
      special.add(special(i, new Seat(who, world.roles.get((i * 3 + 17) % 20), clock.instant())));
    }
    special.forEach(changes::put);
    until(scale.previous().since(), clock);
  }

  private Seat special(int i, Seat seat) {
    while (book.seats.containsKey(seat.pair()) || isTaken(seat)) {
      int next = (world.roles.indexOf(seat.role) + 1) % world.roles.size();
      seat = new Seat(seat.who, world.roles.get(next), seat.made);
    }
    switch (i) {
      case 0 -> seat.end = scale.at(0.3);
      case 1 -> seat.from = scale.at(0.6);
      case 2 -> seat.disabled = true;
      case 3 -> seat.pinnedTo = seat.who.id() + "OLD";
      case 4 -> seat.pinnedTo = null;
      case 5 -> seat.end = scale.until().plus(Duration.ofDays(5));
      case 6 -> seat.end = scale.until().plus(Duration.ofDays(25));
      case 7 -> seat.from = scale.until().plus(Duration.ofDays(9));
      case 8 -> seat.policy = true;
      default -> seat.seconds = 900;
    }
    return seat;
  }

  private boolean isTaken(Seat seat) {
    return special.stream().anyMatch(other -> other.pair().equals(seat.pair()));
  }

  private void planStops() {
    for (double part : List.of(0.2, 0.6)) {
      at(part, () -> changes.stop(true));
      at(part + 0.001, () -> vend(world.seats.get(0)));
      at(part + 0.004, () -> changes.stop(false));
    }
    at(0.02, () -> oneOfEach.get().forEach(Runnable::run));
    at(0.96, () -> special.forEach(this::vend));
    at(0.011, () -> changes.cutOff(world.houses.get(1)));
    at(0.012, () -> changes.lost(world.houses.get(1)));
  }

  private void planClients() {
    House suspended = world.houses.get(3);
    at(
        0.25,
        () -> {
          changes.suspend(suspended, true);
          vend(seatOf(3));
        });
    at(0.35, () -> changes.suspend(suspended, false));
    at(0.80, () -> changes.suspend(world.houses.get(4), true));
    at(0.45, () -> changes.putClient(world.houses.get(7), "Client with another name", rolesOf(7)));
    at(0.40, () -> changes.drift(rolesOf(5).get(0)));
    at(0.50, () -> changes.verify(rolesOf(5).get(0)));
    at(0.70, () -> changes.drift(rolesOf(8).get(0)));
    // Without the role and with it again: nobody has verified it since.
    List<String> rest = rolesOf(11).subList(1, 3);
    at(0.50, () -> changes.putClient(world.houses.get(11), "Client 11", rest));
    at(0.52, () -> changes.putClient(world.houses.get(11), "Client 11", rolesOf(11)));
  }

  private List<String> rolesOf(int house) {
    return world.rolesOf(world.houses.get(house));
  }

  private Seat seatOf(int house) {
    String account = world.houses.get(house).account;
    return world.seats.stream()
        .filter(seat -> Book.account(seat.role).equals(account))
        .filter(seat -> World.use(world.seats.indexOf(seat)) == World.Use.ALWAYS)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no grant for " + account));
  }

  private void planDamage() {
    AttributeValue wrong = AttributeValue.fromS("wrong");
    at(
        0.30,
        () -> {
          var row = changes.damage("vending", "switch", "stopped", wrong);
          book.corruptSwitch = true;
          vend(world.seats.get(0));
          changes.restore(row);
          book.corruptSwitch = false;
        });
    House held = world.houses.get(6);
    at(
        0.31,
        () -> {
          changes.restore(AllowListRows.hold(held.account, true, Instant.EPOCH));
          held.hold = "suspended_by_client";
          vend(seatOf(6));
          changes.damage("mine#" + held.account, "suspension", "suspended", wrong);
          held.hold = "corrupt_hold";
          vend(seatOf(6));
          changes.delete("mine#" + held.account, "suspension");
          held.hold = null;
        });
    Seat seat = world.seats.get(1);
    at(
        0.32,
        () -> {
          changes.damage("caller#" + seat.who.arn(), "role#" + seat.role, "disabled", wrong);
          seat.corrupt = true;
        });
    House corrupt = world.houses.get(12);
    at(
        0.62,
        () -> {
          changes.damage("account#" + corrupt.account, "client", "suspended", wrong);
          corrupt.corrupt = true;
          vend(seatOf(12));
        });
    House own = world.houses.get(10);
    at(
        0.66,
        () -> {
          changes.damage(
              "account#" + own.account, "client", "ownAccount", AttributeValue.fromBool(true));
          own.markedAsOwn = true;
          vend(seatOf(10));
        });
    House gone = world.houses.get(9);
    at(
        0.68,
        () -> {
          changes.delete("account#" + gone.account, "client");
          book.houses.remove(gone.account);
          vend(seatOf(9));
        });
  }

  private void planGrants() {
    // Of the clients that nothing else happens to.
    List<Seat> changed =
        world.seats.stream()
            .filter(seat -> world.seats.indexOf(seat) > 1)
            .filter(seat -> Integer.parseInt(Book.account(seat.role).substring(10)) < 3)
            .toList();
    for (int i = 0; i < changed.size(); i++) {
      Seat seat = changed.get(i);
      double part = 0.05 + 0.9 * i / changed.size();
      switch (i % 5) {
        case 0 ->
            at(
                part,
                () -> {
                  seat.seconds = 900;
                  changes.put(seat);
                });
        case 1 ->
            at(
                part,
                () -> {
                  seat.disabled = true;
                  changes.put(seat);
                });
        case 2 -> at(part, () -> changes.remove(seat));
        case 3 ->
            at(
                part,
                () -> {
                  seat.policy = true;
                  changes.put(seat);
                });
        default -> at(part, () -> changes.conflict(seat));
      }
      at(part + 0.01, () -> vend(seat));
    }
    Who last = world.callers.getLast();
    String unknown = world.roles.get(0) + "-unknown";
    at(0.5, () -> changes.unknownRole(new Seat(last, unknown, scale.at(0.5))));
    for (int k = 0; k < 3; k++) {
      Seat added = new Seat(last, world.roles.get(k), scale.at(0.55 + 0.1 * k));
      if (world.seats.stream().noneMatch(seat -> seat.pair().equals(added.pair()))) {
        at(0.55 + 0.1 * k, () -> changes.put(added));
        at(0.56 + 0.1 * k, () -> vend(added));
      }
    }
  }
}

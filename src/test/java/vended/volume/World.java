package vended.volume;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vended.volume.Book.House;
import vended.volume.Book.Seat;

/** Who and what there is: clients, callers, and the grants at the beginning. */
final class World {
  private static final List<String> NAMES =
      List.of(
          "<script>alert(1)</script>",
          "=cmd|' /C calc'!A0",
          "Twin",
          "Twin",
          "\u202Eevil \u05E9\u05DC\u05D5\u05DD \uD83D\uDE00",
          "n".repeat(128));

  final List<Who> callers;
  final List<House> houses = new ArrayList<>();

  /** The roles at the beginning, client by client. */
  final List<String> roles = new ArrayList<>();

  /** Ordinary grants. */
  final List<Seat> seats = new ArrayList<>();

  World(Scale scale) {
    callers = Who.all(scale.callers());
    for (int i = 0; i < scale.clients(); i++) {
      String account = "5555666600%02d".formatted(i);
      houses.add(new House(account, i < NAMES.size() ? NAMES.get(i) : "Client %02d".formatted(i)));
      for (int k = 0; k <= i % 3; k++) {
        roles.add("arn:aws:iam::%s:role/vended/deploy-%d".formatted(account, k));
      }
    }
    Instant made = scale.beginning().plus(Duration.ofHours(12));
    for (int c = 0; c < callers.size(); c++) {
      for (int k = 0; k < 4; k++) {
        seats.add(new Seat(callers.get(c), roles.get((c * 7 + k * 5) % roles.size()), made));
      }
    }
  }

  List<String> rolesOf(House house) {
    return roles.stream().filter(role -> Book.account(role).equals(house.account)).toList();
  }

  /** When an ordinary grant is used. */
  enum Use {
    ALWAYS,
    NEVER,
    LONG_AGO,
    BEFORE_PREVIOUS,
    ONLY_IN_PREVIOUS,
    ONLY_IN_PERIOD
  }

  static Use use(int seat) {
    return switch (seat % 16) {
      case 3 -> Use.NEVER;
      case 5 -> Use.LONG_AGO;
      case 7 -> Use.BEFORE_PREVIOUS;
      case 9 -> Use.ONLY_IN_PREVIOUS;
      case 11 -> Use.ONLY_IN_PERIOD;
      default -> Use.ALWAYS;
    };
  }

  /** The addresses of a caller; in the second half of the period it has more. */
  static String address(int caller, int which) {
    return which % 5 == 4
        ? "2001:db8::%x:%x".formatted(caller, which)
        : "198.51.%d.%d".formatted(100 + caller, which);
  }
}

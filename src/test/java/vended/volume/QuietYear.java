package vended.volume;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import vended.local.LocalStack;
import vended.volume.Book.House;
import vended.volume.Book.Seat;

/** A stack with one vend in a year, or in fewer days. */
final class QuietYear {
  private QuietYear() {}

  static Facts fill(LocalStack stack, Instant until, int days) {
    stack.tables().empty(stack.allowListTable());
    Facts facts = new Facts();
    Book book = new Book();
    try (Service service = new Service(stack, new Random(1))) {
      Vends vends = new Vends(service, book, facts, new Random(2));
      Changes changes = new Changes(service, book, facts, vends);
      House house = new House("555566660000", "Only Client");
      String role = "arn:aws:iam::555566660000:role/vended/deploy";
      Who who = Who.all(1).getFirst();
      service.clock.set(until.minus(Duration.ofDays(days + days / 10)));
      changes.putClient(house, house.name, List.of(role));
      changes.verify(role);
      changes.put(new Seat(who, role, service.clock.instant()));
      service.clock.set(until.minus(Duration.ofDays(days / 4)));
      vends.vend(who, role, World.address(0, 0));
      service.bulk.flush();
    }
    return facts;
  }
}

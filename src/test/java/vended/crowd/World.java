package vended.crowd;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.iam.Policy;
import vended.local.AllowListRows;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.template.Template;

/** Who is there, and what the allow-list says of it. */
final class World {
  /** Of each caller: so many grants, one role without a grant, and one grant of another's ID. */
  private static final int GRANTS = 2;

  private static final int CALLERS_OF_A_CLIENT = 20;

  final LocalStack stack;
  final List<House> houses;
  final List<Who> callers;

  /** All that callers ask for. */
  final List<Seat> seats = new ArrayList<>();

  /** Those with a grant. */
  final List<Seat> granted;

  final Standing vending = new Standing();
  final SignedClient connections;

  /** Fills the allow-list, and makes the clients' roles and the callers' keys. */
  World(LocalStack stack, int callers) {
    this.stack = stack;
    this.connections = stack.caller(stack.people().administrator());
    this.houses =
        IntStream.range(0, Math.max(3, callers / CALLERS_OF_A_CLIENT)).mapToObj(House::of).toList();
    this.callers =
        IntStream.range(0, callers).mapToObj(i -> Who.of(i, stack, connections)).toList();
    String vendor = vendor();
    houses.forEach(house -> house.roles().forEach(role -> role.close(stack.sts(), vendor)));
    allowCalls();
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    houses.forEach(house -> rows.add(row(house)));
    seat(rows, new Random(1));
    stack.tables().put(stack.allowListTable(), rows);
    granted = seats.stream().filter(seat -> seat.grant() != null).toList();
  }

  String vendor() {
    return stack.people().vendor().principal().identityArn();
  }

  private void allowCalls() {
    Template template =
        Template.read(Path.of("template.yaml"), Map.of("AWS::Region", LocalStack.REGION));
    List<Policy> policies = List.of(Policy.identity(template.managedPolicy("CallerPolicy")));
    callers.forEach(who -> stack.attachments().attach(who.arn(), policies));
  }

  private static Map<String, AttributeValue> row(House house) {
    var row =
        AllowListRows.client(
            house.account(),
            "Client " + house.account(),
            house.externalId(),
            house.roles().getFirst().arn(),
            Instant.now());
    AttributeValue role = Items.value(row, "roles").m().values().iterator().next();
    row.put(
        "roles",
        AttributeValue.fromM(
            Map.of(house.roles().getFirst().arn(), role, house.roles().getLast().arn(), role)));
    return row;
  }

  private void seat(List<Map<String, AttributeValue>> rows, Random random) {
    for (Who who : callers) {
      List<House> known = new ArrayList<>(houses);
      for (int i = 0; i < GRANTS + 2; i++) {
        House house = known.get(random.nextInt(known.size()));
        House.Role role = house.roles().get(random.nextInt(2));
        boolean taken =
            seats.stream().anyMatch(seat -> seat.who().equals(who) && seat.role().equals(role));
        if (taken) {
          continue;
        }
        boolean grant = i < GRANTS;
        seats.add(new Seat(who, house, role, grant ? new Standing() : null));
        if (i <= GRANTS) {
          // The last of them is of a role that was deleted and made again: it is nobody's grant.
          String uniqueId = grant ? who.uniqueId() : "AROAOFTHEDELETEDROLE1";
          rows.add(AllowListRows.grant(who.arn(), uniqueId, role.arn(), Instant.now()));
        }
      }
    }
  }
}

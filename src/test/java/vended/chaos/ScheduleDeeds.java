package vended.chaos;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditTime;
import vended.audit.VendId;
import vended.chaos.Deed.Kind;
import vended.local.AllowListRows;
import vended.local.Demonstration;
import vended.local.LocalStack;

/** What the schedule and the timer ask for. */
final class ScheduleDeeds {
  private ScheduleDeeds() {}

  static List<Deed> all() {
    return List.of(
        new Deed("list roles to probe", Kind.STEP, (stand, known) -> stand.settle("{\"list\":{}}")),
        new Deed(
            "probe again",
            Kind.PROBE,
            (stand, known) ->
                stand.reprobe("{\"roleArn\":\"%s\"}".formatted(VendDeeds.role(stand)))),
        settling("settle an unchanged role", AdminDeeds::probed),
        settling("settle a role that allows more", ScheduleDeeds::probedWithLess),
        settling("settle an open role", ScheduleDeeds::probedOpen),
        new Deed(
            "count refusals",
            Kind.STEP,
            ScheduleDeeds::probedRefusing,
            (stand, known) -> stand.settle("{\"refusals\":{}}")),
        new Deed(
            "mark refusals",
            Kind.STEP,
            ScheduleDeeds::probedRefusing,
            (stand, known) ->
                stand.settle(
                    "{\"refusals\":{\"marks\":\"yes\",\"clients\":\"5\",\"refusing\":\"1\"}}")),
        new Deed("end the run", Kind.STEP, (stand, known) -> stand.settle("{\"ended\":{}}")),
        new Deed("watch", Kind.WATCH, ScheduleDeeds::openIntent, (stand, known) -> stand.look()));
  }

  private static Deed settling(String name, Deed.Arrange arrange) {
    return new Deed(
        name,
        Kind.STEP,
        arrange,
        (stand, known) -> stand.settle("{\"probeId\":\"%s\"}".formatted(known)));
  }

  private static String probedWithLess(Stand stand) throws Exception {
    LocalStack stack = stand.stack();
    Map<String, AttributeValue> row =
        AllowListRows.client(
            Demonstration.CLIENT_ACCOUNT,
            "Example Client",
            stack.demonstration().externalId(),
            VendDeeds.role(stand),
            stand.clock().instant());
    Map<String, AttributeValue> role =
        new HashMap<>(row.getOrDefault("roles", AttributeValue.fromM(Map.of())).m());
    role.replaceAll(
        (arn, verified) -> {
          Map<String, AttributeValue> less = new HashMap<>(verified.m());
          less.put("sessionTags", AttributeValue.fromBool(false));
          return AttributeValue.fromM(less);
        });
    row.put("roles", AttributeValue.fromM(role));
    stack.tables().put(stack.allowListTable(), List.of(row));
    return AdminDeeds.probed(stand);
  }

  private static String probedOpen(Stand stand) throws Exception {
    VendDeeds.open(stand);
    return AdminDeeds.probed(stand);
  }

  private static String probedRefusing(Stand stand) throws Exception {
    VendDeeds.refuse(stand);
    return AdminDeeds.probed(stand);
  }

  /** An intent that has no outcome, and a run of the schedule. */
  private static String openIntent(Stand stand) throws Exception {
    AdminDeeds.done(stand.settle("{\"ended\":{}}"));
    Instant at = stand.clock().instant().minus(Duration.ofMinutes(7));
    String vendId =
        VendId.source(Clock.fixed(at, ZoneOffset.UTC), new SecureRandom()).get().value();
    Map<String, AttributeValue> row =
        Map.of(
            "pk", AttributeValue.fromS(vendId),
            "sk", AttributeValue.fromS("intent"),
            "at", AttributeValue.fromS(AuditTime.at(at)),
            "hourShard", AttributeValue.fromS(AuditTime.hourShard(at, 2)));
    stand.stack().tables().put(stand.stack().auditTable(), List.of(row));
    return vendId;
  }
}

package vended.volume;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Trail;
import vended.audit.AuditTime;
import vended.audit.VendId;

/**
 * A day of vends with three bursts, as the audit and as CloudTrail have it, and what somebody did
 * past the service. It knows what it planted; nothing here asks the service what it makes of it.
 */
public final class BusyDay {
  private static final int ROLES = 60;

  /**
   * Something that must be found, and nothing else.
   *
   * @param kind of the finding
   * @param id of the event, or of the vend if the finding is about a record
   */
  public record Planted(String kind, String id) {}

  /**
   * An event of CloudTrail.
   *
   * @param time when
   * @param members makes it
   */
  public record Event(Instant time, Supplier<Map<String, Object>> members) {}

  private final Random random;
  private final Consumer<Map<String, AttributeValue>> rows;
  private final List<Event> events = new ArrayList<>();
  private final List<Planted> planted = new ArrayList<>();
  private int records;
  private int writtenRows;
  private int unmatched;

  /**
   * Makes up a day.
   *
   * @param day its first moment
   * @param vends how many, a little more than half of them in the bursts
   * @param aSecond how many a second in the bursts
   * @param plants how many of each kind are planted
   * @param rows takes the rows of the audit table
   */
  public BusyDay(
      long seed,
      Instant day,
      int vends,
      int aSecond,
      int plants,
      Consumer<Map<String, AttributeValue>> rows) {
    this.random = new Random(seed);
    this.rows = rows;
    int burstVends = vends * 27 / 50 / 3;
    List<Instant> bursts =
        List.of(
            day.plus(Duration.ofMinutes(119)).plusSeconds(30),
            day.plus(Duration.ofHours(11)),
            day.plus(Duration.ofHours(20)));
    for (Instant burst : bursts) {
      for (int i = 0; i < burstVends; i++) {
        vend(burst.plusMillis(i * 1000L / aSecond));
      }
    }
    for (int i = bursts.size() * burstVends; i < vends; i++) {
      vend(day.plusMillis((long) (random.nextDouble() * (86_400_000 - 400_000))));
    }
    for (int i = 0; i < plants; i++) {
      Instant burst = bursts.get(i % 3).plusMillis(random.nextInt(burstVends * 1000 / aSecond));
      plant(i % 2 == 0 ? burst : day.plusSeconds(300 + random.nextInt(80_000)));
    }
    events.sort(Comparator.comparing(Event::time));
  }

  /** What must be found. */
  public List<Planted> planted() {
    return List.copyOf(planted);
  }

  /** The events of the vendor role, in order of time. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** How many events a record explains. */
  public int matched() {
    return events.size() - unmatched;
  }

  /** How many records say, or can mean, that STS issued credentials. */
  public int records() {
    return records;
  }

  /** How many rows were given away. */
  public int rows() {
    return writtenRows;
  }

  /** A vend: its ID, the name of its session, its role and when it began. */
  private record Vend(String id, String session, String role, Instant at) {
    String key() {
      return "ASIA" + id.substring(10);
    }
  }

  private Vend begin(Instant at) {
    String id = VendId.source(Clock.fixed(at, ZoneOffset.UTC), random).get().value();
    int number = random.nextInt(ROLES);
    String role = "arn:aws:iam::4444555566%02d:role/vended/deploy%d".formatted(number % 20, number);
    return new Vend(id, "Builder%d@%s".formatted(random.nextInt(40), id), role, at);
  }

  private void vend(Instant at) {
    Vend vend = begin(at);
    int dice = random.nextInt(1000);
    if (dice < 940) {
      granted(vend);
      event(called(vend), time -> Trail.issued(time, vend.role(), vend.session(), vend.key()));
    } else if (dice < 980) {
      intent(vend);
      outcome(vend, Map.of("outcome", "failed", "reason", "sts_access_denied"));
      boolean isNameless = dice < 960;
      event(
          called(vend),
          time ->
              isNameless
                  ? Trail.nameless(time, vend.role())
                  : Trail.refused(time, vend.role(), vend.session()));
    } else {
      outcome(vend, Map.of("outcome", "denied", "reason", "no_grant"));
    }
    if (dice % 100 == 7 && dice < 940) {
      event(
          vend.at().plusMillis(60),
          time ->
              Trail.with(
                  Trail.refused(time, vend.role(), vend.session()),
                  "errorCode",
                  "ThrottlingException"));
    }
  }

  private Instant called(Vend vend) {
    return vend.at().plusMillis(60 + random.nextInt(900));
  }

  private void granted(Vend vend) {
    intent(vend);
    outcome(vend, Map.of("outcome", "granted", "accessKeyId", vend.key()));
    records++;
  }

  private void intent(Vend vend) {
    row(vend, "intent", vend.at().plusMillis(random.nextInt(50)), Map.of());
    records++;
  }

  private void outcome(Vend vend, Map<String, String> members) {
    row(vend, "outcome", vend.at().plusMillis(1000 + random.nextInt(400)), members);
  }

  private void row(Vend vend, String kind, Instant at, Map<String, String> members) {
    Map<String, AttributeValue> row = new HashMap<>();
    members.forEach((name, value) -> row.put(name, AttributeValue.fromS(value)));
    Map.of(
            "pk",
            vend.id(),
            "sk",
            kind,
            "kind",
            kind,
            "at",
            AuditTime.at(at),
            "hourShard",
            AuditTime.hourShard(at, random.nextInt(AuditTime.SHARDS)),
            "roleArn",
            vend.role(),
            "sessionName",
            vend.session(),
            "caller",
            "arn:aws:iam::111122223333:role/" + vend.session().split("@", -1)[0],
            "userAgent",
            "vend/0.1.0 \u001b[31m\"}{",
            "sourceIp",
            "198.51.100.7")
        .forEach((name, value) -> row.put(name, AttributeValue.fromS(value)));
    row.put("durationSeconds", AttributeValue.fromN("3600"));
    writtenRows++;
    rows.accept(row);
  }

  private interface Maker {
    Map<String, Object> at(Instant time);
  }

  private void event(Instant time, Maker maker) {
    events.add(new Event(time, () -> maker.at(time)));
  }

  /** An event that no record explains. */
  private void past(String kind, Instant time, Map<String, Object> members) {
    events.add(new Event(time, () -> members));
    planted.add(new Planted(kind, String.valueOf(members.get("eventID"))));
    unmatched++;
  }

  private Vend honest(Instant at) {
    Vend vend = begin(at);
    granted(vend);
    event(called(vend), time -> Trail.issued(time, vend.role(), vend.session(), vend.key()));
    return vend;
  }

  private String stolen() {
    return "ASIASTOLEN%010d".formatted(planted.size());
  }

  /** One of each kind, about that time. */
  private void plant(Instant at) {
    String never = "arn:aws:iam::444455556699:role/vended/never";
    past("event_without_record", at, Trail.issued(at, never, begin(at).session(), stolen()));
    past("event_without_record", at, Trail.refused(at, never, "admin"));
    past("event_without_record", at, Trail.nameless(at, never));
    Vend denied = begin(at);
    outcome(denied, Map.of("outcome", "denied", "reason", "no_grant"));
    past("event_without_record", at, Trail.issued(at, denied.role(), denied.session(), stolen()));

    Vend named = honest(at.plusMillis(1));
    past(
        "session_name_changed",
        at,
        Trail.issued(at, named.role(), "Other\u001b@" + named.id(), stolen()));
    Vend twice = honest(at.plusMillis(2));
    past("duplicate_event", at, Trail.issued(at, twice.role(), twice.session(), stolen()));
    for (int seconds : new int[] {170, 290, 5_000}) {
      Vend replayed = honest(at.plusMillis(3));
      Instant later = at.plusSeconds(seconds);
      past(
          "event_far_from_record",
          later,
          Trail.issued(later, replayed.role(), replayed.session(), stolen()));
    }
    Vend changed = begin(at.plusMillis(4));
    granted(changed);
    Instant call = called(changed);
    past(
        "access_key_changed",
        call,
        Trail.issued(call, changed.role(), changed.session(), stolen()));
    Vend missed = begin(at.plusMillis(5));
    granted(missed);
    planted.add(new Planted("record_without_event", missed.id()));
    Vend open = begin(at.plusMillis(6));
    intent(open);
    event(called(open), time -> Trail.issued(time, open.role(), open.session(), open.key()));
    planted.add(new Planted("intent_without_outcome", open.id()));
    Map<String, Object> unreadable = Trail.issued(at, never, "x", stolen());
    past("event_unreadable", at, Trail.with(unreadable, "responseElements", null));
  }
}

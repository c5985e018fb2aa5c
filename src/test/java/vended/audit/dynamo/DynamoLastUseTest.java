package vended.audit.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Soak;
import vended.audit.AuditException;
import vended.audit.Outcome;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Result;
import vended.audit.VendRecord.Subject;
import vended.audit.query.LastUse.Pair;
import vended.audit.query.LastUse.Use;
import vended.audit.query.Meter;
import vended.audit.query.Period;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.local.Items;
import vended.local.OldRelease;
import vended.local.Tables;
import vended.template.Template;

/** The last use of a caller and a role, among rows of others that look like it. */
class DynamoLastUseTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  private static final String DEPLOYER = "arn:aws:iam::111122223333:role/Deployer";
  private static final Duration LONG = Duration.ofMinutes(1);

  @SuppressWarnings("NullAway.Init")
  private static Tables tables;

  @SuppressWarnings("NullAway.Init")
  private static String table;

  @SuppressWarnings("NullAway.Init")
  private static DynamoDbClient client;

  private static final Meter METER = new Meter();
  private static final Random RANDOM = new Random(11);

  @BeforeAll
  static void start() throws Exception {
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    tables = Tables.embedded(0, "eu-west-1", template.tables());
    table = template.table("AuditTable").name();
    client = tables.client("eu-west-1", METER);
  }

  @BeforeEach
  void empty() {
    tables.empty();
  }

  @AfterAll
  static void stop() {
    client.close();
    tables.close();
  }

  private static Pair pair(String caller, String role) {
    return new Pair(CallerArn.parse(caller).orElseThrow(), RoleArn.parse(role).orElseThrow());
  }

  /** The rows of one vend, as the service writes them. */
  private static List<Map<String, AttributeValue>> vend(
      String caller, String role, Outcome outcome, Duration ago) {
    Instant at = NOW.minus(ago);
    VendId id = VendId.source(Clock.fixed(at, ZoneOffset.UTC), RANDOM).get();
    Trace trace =
        new Trace(id, new Requester(caller, "AROAEXAMPLE", null, null, null, null, null, null));
    String name = caller.substring(caller.lastIndexOf('/') + 1);
    Subject subject =
        new Subject(
            role, "444455556666", "Example", 3600, id.sessionName(name), null, null, 1L, Map.of());
    Reason reason = outcome == Outcome.GRANTED ? null : Reason.STS_ACCESS_DENIED;
    return List.of(
        DynamoAuditItem.of(new VendRecord(trace, at, subject, null), LONG),
        DynamoAuditItem.of(
            new VendRecord(
                trace, at.plusMillis(5), subject, new Result(outcome, reason, null, null)),
            LONG));
  }

  private static void vended(String caller, String role, Outcome outcome, Duration ago) {
    tables.put(table, vend(caller, role, outcome, ago));
  }

  private static @Nullable Use use(String caller, String role, Instant until) throws Exception {
    Pair pair = pair(caller, role);
    return new DynamoLastUse(client, table, Clock.systemUTC())
        .before(List.of(pair), until, LONG)
        .get(pair);
  }

  private static @Nullable Use use(String caller) throws Exception {
    return use(caller, ROLE, Period.END);
  }

  private static Use used(Duration ago) {
    return new Use.Used(NOW.minus(ago).plusMillis(5));
  }

  @Test
  void theNewestGrantedVendCounts_FoundByOneSmallRead() throws Exception {
    for (int hour = 1; hour <= 30; hour++) {
      vended(DEPLOYER, ROLE, Outcome.GRANTED, Duration.ofHours(hour));
    }
    METER.reset();

    assertThat(use(DEPLOYER)).isEqualTo(used(Duration.ofHours(1)));
    assertThat(METER.operations()).containsExactly("Query");
    assertThat(METER.units()).isEqualTo(Map.of("by-session", 1.0));
  }

  @Test
  void failedAndOpenVendsAreNoUse() throws Exception {
    vended(DEPLOYER, ROLE, Outcome.FAILED, Duration.ofHours(1));
    tables.put(table, vend(DEPLOYER, ROLE, Outcome.GRANTED, Duration.ofHours(2)).subList(0, 1));
    assertThat(use(DEPLOYER)).isEqualTo(new Use.Never());

    vended(DEPLOYER, ROLE, Outcome.GRANTED, Duration.ofHours(3));
    assertThat(use(DEPLOYER)).isEqualTo(used(Duration.ofHours(3)));
  }

  @Test
  void namesThatAreSharedOrCutAreToldApart() throws Exception {
    String long1 = "arn:aws:iam::111122223333:role/" + "x".repeat(37) + "1";
    String long2 = "arn:aws:iam::111122223333:role/" + "x".repeat(37) + "2";
    List<String> callers =
        List.of(
            DEPLOYER,
            DEPLOYER.replace("111122223333", "222233334444"),
            DEPLOYER.replace(":role/", ":user/"),
            DEPLOYER.replace(":role/", ":user/path/"),
            DEPLOYER + "@b",
            DEPLOYER + "2",
            long1,
            long2,
            long1.substring(0, long1.length() - 1));
    for (int i = 1; i < callers.size(); i++) {
      vended(callers.get(i), ROLE, Outcome.GRANTED, Duration.ofHours(i));
    }
    vended(DEPLOYER, ROLE + "2", Outcome.GRANTED, Duration.ofMinutes(1));

    for (int i = 0; i < callers.size(); i++) {
      assertThat(use(callers.get(i)))
          .as(callers.get(i))
          .isEqualTo(i == 0 ? new Use.Never() : used(Duration.ofHours(i)));
    }
  }

  @Test
  void aThousandVendsOfOthersWithTheNameAreLookedThrough() throws Exception {
    vended(DEPLOYER, ROLE, Outcome.GRANTED, Duration.ofDays(3));
    String other = DEPLOYER.replace("111122223333", "222233334444");
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (int i = 0; i < Soak.count(100, 1000); i++) {
      rows.addAll(vend(other, ROLE, Outcome.GRANTED, Duration.ofMinutes(1 + i)));
      rows.addAll(vend(DEPLOYER, ROLE + "2", Outcome.GRANTED, Duration.ofMinutes(1 + i)));
    }
    Generator.write(client, table, rows);

    assertThat(use(DEPLOYER)).isEqualTo(used(Duration.ofDays(3)));
    assertThat(use(other)).isEqualTo(used(Duration.ofMinutes(1)));
    assertThat(use(other, ROLE + "2", Period.END)).isEqualTo(new Use.Never());
  }

  @Test
  void onlyVendsThatBeganBeforeCount() throws Exception {
    vended(DEPLOYER, ROLE, Outcome.GRANTED, Duration.ofDays(2));
    vended(DEPLOYER, ROLE, Outcome.GRANTED, Duration.ofDays(1));

    assertThat(use(DEPLOYER, ROLE, NOW)).isEqualTo(used(Duration.ofDays(1)));
    assertThat(use(DEPLOYER, ROLE, NOW.minus(Duration.ofDays(1))))
        .isEqualTo(used(Duration.ofDays(2)));
    assertThat(use(DEPLOYER, ROLE, NOW.minus(Duration.ofDays(2)))).isEqualTo(new Use.Never());
  }

  /** The index has all rows that were there before it: it is made of attributes that they have. */
  @Test
  void recordsOfEarlierReleasesCount() throws Exception {
    for (OldRelease release : OldRelease.all().toList()) {
      tables.empty();
      tables.put(table, release.audit());
      for (Map<String, AttributeValue> row : release.audit()) {
        if (row.containsKey("outcome") && Items.text(row, "outcome").equals("granted")) {
          assertThat(use(Items.text(row, "caller"), Items.text(row, "roleArn"), Period.END))
              .isInstanceOf(Use.Used.class);
        }
      }
    }
  }

  @Test
  void manyPairsAtOnceAreWhatAModelSays() throws Exception {
    List<Map<String, AttributeValue>> rows =
        Generator.rows(5, Soak.count(300, 4000), NOW, Duration.ofDays(40));
    Generator.write(client, table, rows);
    Map<Pair, Use> model = new HashMap<>();
    List<Pair> pairs = new ArrayList<>();
    for (int caller = 0; caller < Generator.CALLERS; caller++) {
      for (int role = 0; role < 20; role++) {
        Pair pair = pair(Generator.caller(caller), Generator.role(role));
        pairs.add(pair);
        model.put(pair, new Use.Never());
      }
    }
    rows.stream()
        .filter(row -> row.containsKey("outcome") && Items.text(row, "outcome").equals("granted"))
        .sorted((one, other) -> Items.text(one, "pk").compareTo(Items.text(other, "pk")))
        .forEach(
            row ->
                model.replace(
                    pair(Items.text(row, "caller"), Items.text(row, "roleArn")),
                    new Use.Used(Instant.parse(Items.text(row, "at")))));

    assertThat(new DynamoLastUse(client, table, Clock.systemUTC()).before(pairs, Period.END, LONG))
        .isEqualTo(model);
  }

  @Test
  void withoutTimeNothingIsKnown_AndThatIsNotNever() {
    var late = new DynamoLastUse(client, table, Clock.systemUTC());

    assertThatThrownBy(() -> late.before(List.of(pair(DEPLOYER, ROLE)), Period.END, Duration.ZERO))
        .isInstanceOf(AuditException.class);
  }
}

package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.audit.AuditTime;
import vended.audit.query.AuditCursors;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.local.LocalStack;
import vended.local.TestStack;

/** {@code /audit/caller}: what an administrator may see of a caller's last hours. */
class CallerVendsTest {
  private static final String CALLER = "arn:aws:iam::111122223333:role/Builder";
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";
  private static final String OTHER = "arn:aws:iam::777788889999:role/vended/deploy";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  private int rows;

  private void row(String caller, String role, String outcome, Duration ago) {
    stack.tables().put(stack.auditTable(), List.of(made(caller, role, outcome, ago)));
  }

  private Map<String, AttributeValue> made(
      String caller, String role, String outcome, Duration ago) {
    rows++;
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", AttributeValue.fromS("01VEND%020d".formatted(rows)));
    item.put("sk", AttributeValue.fromS("outcome"));
    item.put("at", AttributeValue.fromS(AuditTime.at(Instant.now().minus(ago))));
    item.put("caller", AttributeValue.fromS(caller));
    item.put("roleArn", AttributeValue.fromS(role));
    item.put("outcome", AttributeValue.fromS(outcome));
    item.put("sourceIp", AttributeValue.fromS("198.51.100.7"));
    item.put("accessKeyId", AttributeValue.fromS("ASIAEXAMPLE0000000%02d".formatted(rows % 100)));
    item.put("sessionName", AttributeValue.fromS("Builder@" + rows));
    item.put("sourceIdentity", AttributeValue.fromS("AROAEXAMPLEBUILDER00" + (rows % 2)));
    return item;
  }

  private static Answer ask(Map<String, ?> members) throws Exception {
    Map<String, Object> body = new HashMap<>(Map.of("caller", CALLER));
    body.putAll(members);
    return admin.post("/audit/caller", body);
  }

  @Test
  void anAdministratorLearnsWhatTheCallerWasVended_AndNothingElse() throws Exception {
    row(CALLER, ROLE, "granted", Duration.ofHours(11));
    row(CALLER, OTHER, "granted", Duration.ofMinutes(2));
    row(CALLER, ROLE, "granted", Duration.ZERO);
    row(CALLER, "arn:aws:iam::777788889999:role/vended/refused", "denied", Duration.ZERO);
    row(CALLER, "arn:aws:iam::777788889999:role/vended/old", "granted", Duration.ofMinutes(721));
    row(CALLER + "2", "arn:aws:iam::777788889999:role/vended/x", "granted", Duration.ZERO);

    Answer answer = ask(Map.of());

    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    assertThat(answer.body()).containsOnlyKeys("caller", "since", "roles", "complete");
    assertThat(answer.at("complete")).isEqualTo(true);
    assertThat(answer.at("roles"))
        .isEqualTo(
            List.of(
                Map.of(
                    "roleArn",
                    ROLE,
                    "sourceIdentities",
                    List.of("AROAEXAMPLEBUILDER001"),
                    "sessionNames",
                    List.of("Builder@3", "Builder@1")),
                Map.of(
                    "roleArn",
                    OTHER,
                    "sourceIdentities",
                    List.of("AROAEXAMPLEBUILDER000"),
                    "sessionNames",
                    List.of("Builder@2"))));
    assertThat(ask(Map.of("hours", 1)).text("roles")).contains("Builder@3").doesNotContain("r@1");
  }

  @Test
  void aVendOfAMomentAgoIsFound() throws Exception {
    try (var pipeline = stack.caller(stack.people().session())) {
      String body = "{\"roleArn\":\"%s\"}".formatted(stack.demonstration().roleArn());
      assertThat(pipeline.post("/credentials", body).statusCode()).isEqualTo(200);
    }

    Answer answer = ask(Map.of("caller", "arn:aws:iam::111122223333:role/with/path/Deployer"));

    assertThat(answer.text("caller")).isEqualTo("arn:aws:iam::111122223333:role/Deployer");
    assertThat(answer.text("roles/0/roleArn")).isEqualTo(stack.demonstration().roleArn());
    assertThat(answer.text("roles/0/sessionNames/0")).startsWith("Deployer@01");
    assertThat(stack.people().session().principal().userId())
        .startsWith(answer.text("roles/0/sourceIdentities/0"));
  }

  @Test
  void moreThanOneAnswerHoldsIsSaid_AndGoesOnByCursor() throws Exception {
    List<Map<String, AttributeValue>> many =
        Stream.generate(() -> made(CALLER, ROLE, "granted", Duration.ofMinutes(1)))
            .limit(1003)
            .toList();
    stack.tables().put(stack.auditTable(), many);

    Answer first = ask(Map.of());
    Answer second = ask(Map.of("cursor", first.text("cursor")));

    assertThat(first.at("complete")).isEqualTo(false);
    assertThat(second.at("complete")).isEqualTo(true);
    List<Object> names = new ArrayList<>(names(first));
    assertThat(names).hasSize(1000);
    names.addAll(names(second));
    assertThat(names).hasSize(1003).doesNotHaveDuplicates();
    assertThat(ask(Map.of("cursor", first.text("cursor"), "hours", 11)).places())
        .containsExactly("/cursor");
    assertThat(ask(Map.of("cursor", first.text("cursor"), "caller", CALLER + "2")).places())
        .containsExactly("/cursor");
  }

  private static List<?> names(Answer answer) {
    return (List<?>) Objects.requireNonNull(answer.at("roles/0/sessionNames"));
  }

  /** A cursor is no security boundary: anybody can compute its checksum. */
  @Test
  void aForgedCursorReachesNoFurtherBack() throws Exception {
    row(CALLER, ROLE, "granted", Duration.ofHours(14));
    row(CALLER, ROLE, "granted", Duration.ofHours(13));
    Instant now = Instant.now();
    String selection =
        "{\"route\":\"/audit/caller\",\"caller\":\"%s\",\"hours\":12}".formatted(CALLER);
    Position behind =
        new Position(
            AuditTime.at(now.minus(Duration.ofHours(13))),
            new Position.RowKey(0, "01VEND%020d".formatted(2), "outcome"));
    for (Period period :
        List.of(
            new Period(Period.FIRST, now),
            new Period(now.minus(Duration.ofHours(20)), now.minus(Duration.ofHours(12))))) {
      String cursor =
          new AuditCursors(stack.auditTable()).write(selection, new Resumed(period, behind));

      Answer answer = ask(Map.of("cursor", cursor));

      assertThat(answer.body().getOrDefault("roles", List.of())).isEqualTo(List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'caller':'arn:aws:iam::111122223333:role/*'}",
        "{'caller':'arn:aws:sts::111122223333:assumed-role/Builder/b'}",
        "{'caller':'arn:aws:iam::111122223333:role/B','hours':13}",
        "{'caller':'arn:aws:iam::111122223333:role/B','hours':0}",
        "{'caller':'arn:aws:iam::111122223333:role/B','since':'2020-01-01T00:00:00Z'}",
        "{'caller':'arn:aws:iam::111122223333:role/B','cursor':'x'}"
      })
  void nothingElseCanBeAsked(String body) throws Exception {
    assertThat(admin.post("/audit/caller", body.replace('\'', '"')).status()).isEqualTo(400);
  }

  @Test
  void anAuditorMayAskToo_ACallerMayNot_AndAnAdministratorNoOtherRouteOfTheAudit()
      throws Exception {
    String body = "{\"caller\":\"%s\"}".formatted(CALLER);
    try (var auditor = stack.caller(stack.people().auditor());
        var pipeline = stack.caller(stack.people().pipeline())) {
      assertThat(auditor.post("/audit/caller", body).statusCode()).isEqualTo(200);
      assertThat(pipeline.post("/audit/caller", body).statusCode()).isEqualTo(403);
    }
    for (String route : List.of("/audit/query", "/audit/report", "/audit/reconcile")) {
      assertThat(admin.post(route, "{}").status()).isEqualTo(403);
    }
  }
}

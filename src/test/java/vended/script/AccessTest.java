package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.AuditTime;
import vended.local.AllowListRows;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/** {@code vend access} and {@code vend access review}, by administrators and auditors. */
class AccessTest {
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";
  private static final String BUILDER = "arn:aws:iam::111122223333:role/Builder";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @BeforeEach
  void aGrantWithoutAClient() {
    stack
        .tables()
        .put(
            stack.allowListTable(),
            List.of(AllowListRows.grant(BUILDER, "AROAEXAMPLEBUILDER001", ROLE, Instant.now())));
  }

  private Run.Result run(Keys.Key key, String... arguments) throws Exception {
    return new ScriptOnStack(stack, home).run(Shell.any(), key, arguments).result();
  }

  @Test
  void theListSaysWhatIsVendedAndWhyNot() throws Exception {
    for (Keys.Key key : List.of(stack.people().administrator(), stack.people().auditor())) {
      Run.Result listed = run(key, "access", "--role", ROLE);

      assertThat(listed.exit()).as(listed.err()).isZero();
      assertThat(listed.out().lines().toList())
          .satisfiesExactly(
              head -> assertThat(head).matches("CALLER +CLIENT +ROLE +NOW +LAST USE +PINNED TO"),
              row ->
                  assertThat(row)
                      .matches(
                          BUILDER
                              + " +- +"
                              + ROLE
                              + " +no: no_client +never +AROAEXAMPLEBUILDER001"));
    }
  }

  @Test
  void jsonIsOneDocumentAndCsvHasOneHead() throws Exception {
    Keys.Key auditor = stack.people().auditor();

    assertThat(run(auditor, "access", "--format", "json").out())
        .startsWith("{\"grants\":[{")
        .endsWith("}\n]}\n")
        .contains(BUILDER);
    assertThat(run(auditor, "access", "--account", "555566667777", "--format", "csv").out().lines())
        .hasSize(2);
  }

  private static List<Map<String, AttributeValue>> change(Instant at) {
    Map<String, String> texts =
        Map.of(
            "pk",
            "01KG9VQ9E0TSV4RRFFQ69G5FAV",
            "at",
            AuditTime.at(at),
            "hourShard",
            AuditTime.hourShard(at, 0),
            "action",
            "grants/put",
            "target",
            BUILDER,
            "roleArn",
            ROLE,
            "clientAccount",
            ROLE.substring(13, 25),
            "caller",
            "arn:aws:iam::111122223333:user/chief");
    Map<String, AttributeValue> intent = new HashMap<>();
    texts.forEach((name, value) -> intent.put(name, AttributeValue.fromS(value)));
    Map<String, AttributeValue> made = new HashMap<>(intent);
    intent.put("sk", AttributeValue.fromS("admin"));
    intent.put("kind", AttributeValue.fromS("admin"));
    made.put("sk", AttributeValue.fromS("admin-outcome"));
    made.put("kind", AttributeValue.fromS("admin-outcome"));
    made.put("outcome", AttributeValue.fromS("made"));
    return List.of(intent, made);
  }

  @Test
  void aReviewHasTheChangesAndWhoMadeThem() throws Exception {
    // An hour ago: the newest seconds are left out of the audit's pages.
    stack.tables().put(stack.auditTable(), change(Instant.now().minusSeconds(3600)));

    Run.Result review =
        run(stack.people().auditor(), "access", "review", "--since", "1d", "--role", ROLE);

    assertThat(review.exit()).as(review.err()).isZero();
    assertThat(review.out())
        .contains("no: no_client")
        .contains("CHANGES SINCE ")
        .containsPattern(
            "grants/put +"
                + BUILDER
                + " +"
                + ROLE
                + " +arn:aws:iam::\\d+:user/chief +01KG9VQ9E0TSV4RRFFQ69G5FAV");
  }

  /** A suspension, for example, is a change of the client, and so of each of its roles. */
  @Test
  void aReviewOfARoleHasTheChangesOfItsClient_AndNotThoseOfOtherRoles() throws Exception {
    Instant at = Instant.now().minusSeconds(3600);
    List<Map<String, AttributeValue>> ofClient = change(at);
    List<Map<String, AttributeValue>> ofAnother = change(at);
    for (Map<String, AttributeValue> row : ofClient) {
      row.remove("roleArn");
      row.put("pk", AttributeValue.fromS("01KG9VQ9E0TSV4RRFFQ69G5FAW"));
      row.put("action", AttributeValue.fromS("clients/suspend"));
      row.put("after", AttributeValue.fromS("{\"roleArn\":\"another\"}"));
    }
    for (Map<String, AttributeValue> row : ofAnother) {
      row.put("pk", AttributeValue.fromS("01KG9VQ9E0TSV4RRFFQ69G5FAX"));
      row.put("roleArn", AttributeValue.fromS(ROLE + "-2"));
    }
    stack.tables().put(stack.auditTable(), ofClient);
    stack.tables().put(stack.auditTable(), ofAnother);

    Run.Result review =
        run(stack.people().auditor(), "access", "review", "--since", "1d", "--role", ROLE);

    assertThat(review.exit()).as(review.err()).isZero();
    assertThat(review.out())
        .contains("clients/suspend", "01KG9VQ9E0TSV4RRFFQ69G5FAW")
        .doesNotContain("01KG9VQ9E0TSV4RRFFQ69G5FAX");
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json"})
  void aReviewOfACallerHasTheChangesOfItsGrantsOnly(String format) throws Exception {
    stack.tables().put(stack.auditTable(), change(Instant.now().minusSeconds(3600)));
    for (String caller : List.of(BUILDER, BUILDER + "2")) {
      Run.Result review =
          run(
              stack.people().auditor(),
              "access",
              "review",
              "--since",
              "1d",
              "--caller",
              caller,
              "--format",
              format);

      assertThat(review.exit()).as(review.err()).isZero();
      assertThat(review.out().contains("01KG9VQ9E0TSV4RRFFQ69G5FAV"))
          .isEqualTo(caller.equals(BUILDER));
    }
  }

  @Test
  void aReviewIsForAuditors() throws Exception {
    Run.Result review = run(stack.people().administrator(), "access", "review", "--since", "90d");

    assertThat(review.exit()).isEqualTo(1);
    assertThat(review.out()).isEmpty();
    assertThat(review.err()).contains("what changed is in the audit, which only auditors may read");
  }
}

package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.Demonstration;
import vended.local.Items;
import vended.text.Sha256;

/** What an administrator is told of each trust policy, and what the audit keeps of it. */
class ProbeTest {
  @RegisterExtension static final ProbeStack stack = new ProbeStack();

  static List<ProbeRow> rows() throws IOException {
    return ProbeRow.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void aTrustPolicyIsToldForWhatItIs(ProbeRow row) throws Exception {
    arrange(row);

    HttpResponse<String> answer = stack.probe(stack.local().people().administrator());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var body = ProbeStack.members(answer);
    Map<String, Object> expected = new HashMap<>();
    expected.put("probeId", body.get("probeId"));
    expected.put("roleArn", stack.role());
    for (String flag : List.of("passed", "propagating", "sourceIdentity", "sessionTags")) {
      expected.put(flag, row.flag(flag));
    }
    expected.put("withExternalId", row.text("with"));
    expected.put("withoutExternalId", row.text("without"));
    expected.put("withWrongExternalId", row.text("wrong"));
    expected.put("findings", body.get("findings"));
    assertThat(body).as(answer.body()).isEqualTo(expected);
    assertFindings(row, (List<?>) Objects.requireNonNull(body.get("findings")));
    assertThat(stack.clock().ahead()).isEqualTo(Duration.ofSeconds(row.number("waited")));
    assertAudit(row, String.valueOf(body.get("probeId")));
    assertNoSecretLeft(answer.body());
  }

  private static void arrange(ProbeRow row) {
    if (!row.hasRole()) {
      stack.local().sts().removeRole(stack.role());
    } else {
      stack.local().sts().addRole(stack.role(), row.trust(stack.names()), Duration.ofHours(1));
    }
    if (row.number("settles") > 0) {
      stack
          .local()
          .sts()
          .denyUntil(stack.role(), stack.clock().instant().plusSeconds(row.number("settles")));
    }
    for (String failure : row.list("sts")) {
      String[] parts = failure.split(" ", 2);
      stack.local().sts().failNext(Integer.parseInt(parts[0]), parts[1]);
    }
    stack.putClient(row.flag("verified") ? ProbeStack.capabilities(true, true) : Map.of());
  }

  private static void assertFindings(ProbeRow row, List<?> findings) {
    List<String> says = row.list("says");
    assertThat(findings).as("%s", findings).hasSameSizeAs(says);
    for (int i = 0; i < says.size(); i++) {
      assertThat(String.valueOf(findings.get(i)))
          .contains(String.valueOf(ProbeRow.filled(says.get(i), stack.names())));
    }
  }

  private static void assertAudit(ProbeRow row, String probeId) {
    var rows = stack.audit();
    assertThat(rows).extracting(item -> Items.text(item, "sk")).containsExactly("intent", "probe");
    assertThat(rows).allMatch(item -> Items.text(item, "pk").equals(probeId));
    assertThat(rows.get(1))
        .containsEntry("passed", AttributeValue.fromBool(row.flag("passed")))
        .containsEntry("withExternalId", AttributeValue.fromS(row.text("with")))
        .containsEntry("withoutExternalId", AttributeValue.fromS(row.text("without")))
        .containsEntry("withWrongExternalId", AttributeValue.fromS(row.text("wrong")))
        .containsEntry("allowsSourceIdentity", AttributeValue.fromBool(row.flag("sourceIdentity")))
        .containsEntry("allowsSessionTags", AttributeValue.fromBool(row.flag("sessionTags")))
        .containsEntry("propagating", AttributeValue.fromBool(row.flag("propagating")))
        .containsEntry("clientAccount", AttributeValue.fromS(Demonstration.CLIENT_ACCOUNT))
        .containsEntry(
            "externalIdSha256",
            AttributeValue.fromS(Sha256.sha256(stack.local().demonstration().externalId())));
  }

  /** Every call asks for credentials that can do nothing, and none of them gets out. */
  private static void assertNoSecretLeft(String answer) {
    assertThat(stack.local().sts().calls())
        .allSatisfy(
            call ->
                assertThat(call)
                    .containsEntry("DurationSeconds", "900")
                    .hasEntrySatisfying(
                        "Policy",
                        policy -> assertThat(policy).contains("Deny").doesNotContain("Allow")));
    assertThat(answer + stack.audit()).doesNotContain("ASIA", "IQoJb3Jp");
    assertThat(stack.audit().toString()).doesNotContain(stack.local().demonstration().externalId());
  }
}

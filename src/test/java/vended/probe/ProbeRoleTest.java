package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.Keys;
import vended.local.SignedClient;
import vended.local.TestStack;

/** Who may probe and what; what happens without audit, STS or time; and what a vend makes of it. */
class ProbeRoleTest {
  @RegisterExtension static final ProbeStack stack = new ProbeStack();

  @Test
  void aCallerOrAnAuditorMayNotProbe() throws Exception {
    for (Keys.Key key :
        List.of(stack.local().people().pipeline(), stack.local().people().auditor())) {
      HttpResponse<String> answer = stack.probe(key);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(ProbeStack.members(answer)).containsEntry("code", "access_denied");
    }
    assertThat(stack.local().sts().calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"intent, false", "probe, true"})
  void withoutItsRecordsAProbeIsNotMadeOrNotTold(String record, boolean made) throws Exception {
    stack
        .local()
        .tablesProxy()
        .fault(
            "ExecuteTransaction",
            "\"" + record + "\"",
            1,
            Integer.MAX_VALUE,
            FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));

    HttpResponse<String> answer = stack.probe(stack.local().people().administrator());

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain("withExternalId");
    assertThat(!stack.local().sts().calls().isEmpty()).isEqualTo(made);
  }

  @Test
  void aRoleThatNobodyPutIsNotProbed() throws Exception {
    for (String[] row :
        new String[][] {
          {"arn:aws:iam::444455556666:role/vended/other", "role_not_known"},
          {"arn:aws:iam::777788889999:role/vended/deploy", "no_client"}
        }) {
      HttpResponse<String> answer = stack.probe(stack.local().people().administrator(), row[0]);
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(ProbeStack.members(answer)).containsEntry("code", row[1]);
    }
    assertThat(stack.local().sts().calls()).isEmpty();
    assertThat(stack.audit())
        .extracting(item -> Items.text(item, "outcome"))
        .containsOnly("denied");
  }

  @Test
  void aClientThatCantBeTrustedIsNotProbed() throws Exception {
    stack.putClient(Map.of(), "suspended", null);
    assertThat(ProbeStack.members(stack.probe(stack.local().people().administrator())))
        .containsEntry("code", "corrupt_client");

    stack.putClient(Map.of(), "ownAccount", AttributeValue.fromBool(true));
    assertThat(ProbeStack.members(stack.probe(stack.local().people().administrator())))
        .containsEntry("code", "not_own_account");
    assertThat(stack.local().sts().calls()).isEmpty();
  }

  @Test
  void aBodyIsReadStrictly() throws Exception {
    try (SignedClient client = stack.local().caller(stack.local().people().administrator())) {
      HttpResponse<String> answer =
          client.post("/probes", "{\"roleArn\":\"*\",\"externalId\":\"0123456789abcdef\"}");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("/roleArn", "/externalId");
    }
  }

  @Test
  void theAnswerIsToldToPeopleAsText() throws Exception {
    stack.putClient(Map.of());
    try (SignedClient client = stack.local().caller(stack.local().people().administrator())) {
      HttpResponse<String> answer =
          client.post(
              "/probes", "{\"roleArn\":\"%s\",\"format\":\"table\"}".formatted(stack.role()));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      var members = ProbeStack.members(answer);
      assertThat(members).containsOnlyKeys("probeId", "passed", "table", "propagating");
      assertThat(members).containsEntry("passed", true);
      assertThat(String.valueOf(members.get("probeId"))).hasSize(26);
      assertThat(String.valueOf(members.get("table")).lines())
          .startsWith(
              "role                     " + stack.role(),
              "passed                   yes",
              "with its ExternalId      works",
              "without an ExternalId    refused",
              "with a wrong ExternalId  refused",
              "takes a SourceIdentity   yes",
              "takes session tags       yes")
          .hasSize(8)
          .last()
          .asString()
          .startsWith("The role can be vended. ")
          .endsWith("must be the vendor role alone.");
    }
  }

  @Test
  void anUnknownFormIsRefused() throws Exception {
    try (SignedClient client = stack.local().caller(stack.local().people().administrator())) {
      HttpResponse<String> answer =
          client.post(
              "/probes", "{\"roleArn\":\"%s\",\"format\":\"text\"}".formatted(stack.role()));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("/format", "must be json or table");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aVendSendsWhatTheProbeFoundToBeAllowed(boolean sourceIdentity, boolean tags)
      throws Exception {
    stack.putClient(ProbeStack.capabilities(sourceIdentity, tags));
    try (SignedClient client = stack.local().caller(stack.local().people().pipeline())) {
      assertThat(client.post("/credentials", ProbeStack.body(stack.role())).statusCode())
          .isEqualTo(200);
    }

    Map<String, String> call = stack.local().sts().calls().getLast();
    assertThat(call.containsKey("SourceIdentity")).isEqualTo(sourceIdentity);
    assertThat(call.keySet().stream().anyMatch(key -> key.startsWith("Tags."))).isEqualTo(tags);
  }

  @Test
  void anStsThatDoesNotAnswerEndsTheProbe_andIsNoRefusal() throws Exception {
    try (ProbeStack hasty = new ProbeStack(TestStack.HASTY_WITH_STS)) {
      hasty.local().stsProxy().fault("AssumeRole", "", new FaultyProxy.Hang());

      HttpResponse<String> answer = hasty.probe(hasty.local().people().administrator());

      assertThat(ProbeStack.members(answer))
          .containsEntry("passed", false)
          .containsEntry("withExternalId", "unclear")
          .containsEntry("propagating", false);
      assertThat(hasty.audit()).extracting(item -> Items.text(item, "sk")).contains("probe");
    }
  }

  @Test
  void whatThereWasNoTimeForIsUnclear() throws Exception {
    // The first call takes almost all of the time that the function has.
    stack.local().sts().onAssumeRole(call -> stack.clock().pause(Duration.ofSeconds(8)));

    HttpResponse<String> answer = stack.probe(stack.local().people().administrator());

    assertThat(ProbeStack.members(answer))
        .containsEntry("passed", false)
        .containsEntry("withExternalId", "works")
        .containsEntry("withoutExternalId", "unclear")
        .containsEntry("withWrongExternalId", "unclear");
    assertThat(answer.body()).contains("no time left to try the role without an ExternalId");
    assertThat(stack.local().sts().calls()).hasSize(1);
  }
}

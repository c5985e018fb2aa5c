package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The service on the whole stack, as {@code ./mvnw -Plocal} runs it. */
class LocalStackTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @Test
  void aPipeline_GetsCredentials_AndTheAuditHasIntentAndOutcome() throws Exception {
    HttpResponse<String> response = credentials(stack.people().pipeline());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).contains("\"Version\":1", "\"AccessKeyId\":\"ASIA");
    assertThat(audit("sk")).containsExactlyInAnyOrder("intent", "outcome");
    assertThat(stack.sts().calls()).hasSize(1);
    assertThat(stack.sts().calls().getFirst())
        .containsEntry("ExternalId", stack.demonstration().externalId())
        .containsKeys("SourceIdentity", "Tags.member.1.Key");
  }

  @Test
  void aRoleSession_GetsCredentials_ByItsRolesGrant() throws Exception {
    assertThat(credentials(stack.people().session()).statusCode()).isEqualTo(200);
    assertThat(audit("caller")).containsOnly("arn:aws:iam::111122223333:role/Deployer");
  }

  @Test
  void theOtherDemonstrationPeople_MayNotHaveCredentials() throws Exception {
    for (Keys.Key key : List.of(stack.people().administrator(), stack.people().auditor())) {
      assertThat(credentials(key).statusCode()).isEqualTo(403);
    }
    assertThat(stack.sts().calls()).isEmpty();
  }

  @Test
  void everyonesKey_WorksAtSts() throws Exception {
    People people = stack.people();
    for (Keys.Key key :
        List.of(people.pipeline(), people.session(), people.administrator(), people.auditor())) {
      try (var client = new SignedClient(stack.stsUrl(), "sts", LocalStack.REGION, key, clock())) {
        var identity = client.post("/", "Action=GetCallerIdentity&Version=2011-06-15");
        assertThat(identity.body()).contains("<Arn>" + key.principal().arn() + "</Arn>");
      }
    }
  }

  @Test
  void anOutcomeThatCannotBeWritten_LeavesNoCredentials() throws Exception {
    stack
        .tablesProxy()
        .fault(
            "ExecuteStatement",
            "\"outcome\"",
            FaultyProxy.Answer.dynamoError(400, "AccessDeniedException"));
    HttpResponse<String> response = credentials(stack.people().pipeline());

    assertThat(response.statusCode()).isGreaterThanOrEqualTo(500);
    assertThat(response.body()).doesNotContain("ASIA", "SecretAccessKey");
    assertThat(stack.stsProxy().count("AssumeRole")).isEqualTo(1);
    assertThat(audit("sk")).containsExactly("intent");
  }

  @Test
  void theEnvironmentFile_HasNoValueThatAShellWouldRead() {
    Map<String, String> variables = LocalEnv.variables(stack);

    assertThat(variables.values()).allMatch(value -> value.matches("[A-Za-z0-9_@%+=:,./-]*"));
    assertThat(variables)
        .containsEntry("ROLE_ARN", "arn:aws:iam::444455556666:role/vended/deploy")
        .containsEntry("AWS_SESSION_TOKEN", "");
  }

  /** The variables that a shell gets from the file, and those that it hands to its children. */
  @Test
  void theEnvironmentFile_HandsNobodysKeysButThePipelinesToChildren(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("local.env");
    LocalEnv.write(file, stack);

    Map<String, String> child = shell(file, "exec env");
    assertThat(child)
        .containsEntry("VEND_URL", stack.url().toString())
        .containsEntry("AWS_ACCESS_KEY_ID", stack.people().pipeline().id())
        .containsEntry("AWS_ENDPOINT_URL_STS", stack.stsUrl().toString())
        .containsKeys("AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL_DYNAMODB");
    assertThat(child.toString())
        .doesNotContain(
            stack.people().session().secret(),
            stack.people().session().token().orElseThrow(),
            stack.people().administrator().secret(),
            stack.people().auditor().secret());
    assertThat(shell(file, "set"))
        .containsKeys(
            "ADMIN_ACCESS_KEY_ID",
            "ADMIN_SECRET_ACCESS_KEY",
            "AUDITOR_ACCESS_KEY_ID",
            "AUDITOR_SECRET_ACCESS_KEY",
            "SESSION_SESSION_TOKEN",
            "ROLE_ARN");
  }

  private static Map<String, String> shell(Path file, String command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", ". \"$0\"; " + command, file.toString());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), UTF_8)
        .lines()
        .filter(line -> line.contains("="))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1).replace("'", ""),
                (one, other) -> one));
  }

  private static HttpResponse<String> credentials(Keys.Key key) throws Exception {
    try (SignedClient client = stack.caller(key)) {
      String role = stack.demonstration().roleArn();
      return client.post("/credentials", "{\"roleArn\":\"%s\"}".formatted(role));
    }
  }

  private static List<String> audit(String attribute) {
    return stack.tables().rows(stack.auditTable()).stream()
        .map(row -> row.getOrDefault(attribute, AttributeValue.fromS("")).s())
        .toList();
  }

  private static Clock clock() {
    return Clock.systemUTC();
  }
}

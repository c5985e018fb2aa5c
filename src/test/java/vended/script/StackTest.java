package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.InSoak;
import vended.json.JsonObject;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Principal;
import vended.local.SignedClient;
import vended.local.TestStack;

/** The script against the whole stack, where a signature that is wrong in one byte is refused. */
class StackTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(StackTest.class);
  }

  private Run vend(Shell shell, Keys.Key caller, String... arguments) {
    Run run =
        Run.vend(shell, home, arguments)
            .with("VEND_URL", stack.url().toString())
            .with("AWS_REGION", LocalStack.REGION)
            .with("AWS_ACCESS_KEY_ID", caller.id())
            .with("AWS_SECRET_ACCESS_KEY", caller.secret());
    caller.token().ifPresent(token -> run.with("AWS_SESSION_TOKEN", token));
    return run;
  }

  @Test
  void whoamiIsForAdministratorsAndAuditorsToo() {
    for (Keys.Key key : List.of(stack.people().administrator(), stack.people().auditor())) {
      Run.Result result = vend(Shell.any(), key, "whoami").result();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out()).contains(key.principal().arn());
    }
  }

  private static Map<?, ?> json(String text) {
    return ((JsonObject.Read) JsonObject.read(text)).object().members();
  }

  /** Who STS says that these credentials are. */
  private static String identity(Map<?, ?> document) throws Exception {
    Keys.Key key =
        new Keys.Key(
            String.valueOf(document.get("AccessKeyId")),
            String.valueOf(document.get("SecretAccessKey")),
            Optional.of(String.valueOf(document.get("SessionToken"))),
            Optional.of(Instant.MAX),
            new Principal("arn:aws:iam::444455556666:user/unknown", "", Optional.empty()));
    try (SignedClient sts =
        new SignedClient(stack.stsUrl(), "sts", LocalStack.REGION, key, Clock.systemUTC())) {
      HttpResponse<String> answer = sts.post("/", "Action=GetCallerIdentity&Version=2011-06-15");
      return answer.body();
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aUserAndASessionGetCredentialsThatWork(Shell shell) throws Exception {
    for (Keys.Key caller : new Keys.Key[] {stack.people().pipeline(), stack.people().session()}) {
      Run.Result result =
          vend(shell, caller, "credentials", stack.demonstration().roleArn(), "--duration", "15m")
              .result();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(identity(json(result.out())))
          .contains("<Arn>arn:aws:sts::444455556666:assumed-role/deploy/");
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void policiesAndContextReachTheServiceAsTheyAre(Shell shell) {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"codecommit:GitPull\",\"Resource\":\"*\"}]}";
    Run.Result result =
        vend(
                shell,
                stack.people().pipeline(),
                "credentials",
                stack.demonstration().roleArn(),
                "--policy",
                "-",
                "--context",
                "note=a \"b\" \\ $(c) é")
            .input(policy)
            .result();

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(stack.sts().calls().getFirst()).containsEntry("Policy", policy);
    assertThat(stack.tables().rows(stack.auditTable()))
        .allSatisfy(
            row ->
                assertThat(Items.text(Items.value(row, "claimed").m(), "note"))
                    .isEqualTo("a \"b\" \\ $(c) é"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aRefusalIsToldWithItsVendId_andNothingIsPrinted(Shell shell) {
    Run.Result result =
        vend(
                shell,
                stack.people().pipeline(),
                "credentials",
                "arn:aws:iam::444455556666:role/vended/other")
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    String vendId = Items.text(stack.tables().rows(stack.auditTable()).getFirst(), "pk");
    assertThat(result.err()).contains("Forbidden", vendId);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void rolesAndWhoamiTellWhatTheServiceKnows(Shell shell) {
    Keys.Key caller = stack.people().session();

    assertThat(vend(shell, caller, "roles").result().out())
        .contains(stack.demonstration().roleArn(), "yes");
    assertThat(vend(shell, caller, "whoami").result().out())
        .contains("arn:aws:iam::111122223333:role/Deployer");
  }

  /**
   * The AWS CLI with the profile that the script wrote, at an STS that refuses wrong signatures.
   */
  @InSoak(
      "another tool; sdkForJava_readsTheProfileAndRunsItsCommand of RealClientsTest "
          + "has the profile")
  @Test
  void theAwsCliWithTheProfileIsTheClientRole() throws Exception {
    if (Shell.find("aws").isEmpty()) {
      System.out.println("skipped, not on this machine: the AWS CLI");
    }
    assumeTrue(Shell.find("aws").isPresent(), "the AWS CLI");
    Keys.Key caller = stack.people().pipeline();
    String role = stack.demonstration().roleArn();
    assertThat(vend(Shell.any(), caller, "profile", role).result().exit()).isZero();

    Path output = home.resolve("aws.out");
    ProcessBuilder builder =
        new ProcessBuilder("aws", "sts", "get-caller-identity", "--profile", "client")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    // The version managers that some put before aws look for their own home.
    environment.putIfAbsent("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv");
    environment.put("HOME", home.toString());
    environment.put("AWS_ENDPOINT_URL_STS", stack.stsUrl().toString());
    environment.put("AWS_REGION", LocalStack.REGION);
    environment.put("AWS_DEFAULT_REGION", LocalStack.REGION);
    environment.put("AWS_ACCESS_KEY_ID", caller.id());
    environment.put("AWS_SECRET_ACCESS_KEY", caller.secret());
    assertThat(builder.start().waitFor()).as(Files.readString(output)).isZero();
    assertThat(output)
        .content()
        .contains("arn:aws:sts::444455556666:assumed-role/deploy/demo-pipeline@");
  }
}

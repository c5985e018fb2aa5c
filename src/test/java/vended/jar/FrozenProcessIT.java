package vended.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import vended.InSoak;
import vended.lambda.LambdaProcess;
import vended.lambda.RuntimeApi;
import vended.lambda.TaskRoot;
import vended.local.AllowListRows;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.Relay;
import vended.local.TestStack;

/**
 * Lambda freezes a function between two events, and services end its connections meanwhile. Nothing
 * in the process notices: no thread runs, and the client believes that it used them just now.
 */
@InSoak("a process of the jar; KeptConnectionsTest has the same in one JVM")
class FrozenProcessIT {
  private static final String FUNCTION =
      "arn:aws:lambda:eu-west-1:111122223333:function:vended-vend:live";
  private static final Path PROCESSES = Path.of("/proc");

  /** Without the proxies of faults, which end each connection after a request. */
  @RegisterExtension
  static final TestStack OWN = TestStack.of(Options.of(Functions.ofService(TestStack.PATIENT)));

  private static final LocalStack stack = OWN.stack();

  @Test
  void whereConnectionsEndedWhileItWasFrozen_TheNextVendSucceeds_AndCallsNothingTwice(
      @TempDir Path folder) throws Exception {
    assumeTrue(
        Files.exists(PROCESSES.resolve("self/stat")), "processes are frozen here as Linux does it");
    var grant =
        AllowListRows.grant(
            "arn:aws:iam::111122223333:role/Deployer",
            "AROAEXAMPLEDEPLOYER1",
            stack.demonstration().roleArn(),
            Instant.now());
    stack.tables().client().putItem(put -> put.tableName(stack.allowListTable()).item(grant));
    Map<String, String> environment = new HashMap<>(stack.environment());
    try (Relay dynamoDb = new Relay(environment, "DYNAMODB");
        Relay sts = new Relay(environment, "STS");
        RuntimeApi api = new RuntimeApi(FUNCTION);
        LambdaProcess lambda =
            LambdaProcess.start(
                TaskRoot.unpack(Path.of("target/vended.jar"), folder.resolve("task")),
                "vended.api.vend.VendHandler::handleRequest",
                api.address(),
                environment,
                folder.resolve("output.txt"))) {
      vend(api);
      for (boolean reset : List.of(false, true)) {
        int records = records();
        int calls = dynamoDb.requests();
        int sessions = sts.requests();
        int connections = dynamoDb.accepted() + sts.accepted();

        signal(lambda, "STOP", 'T');
        dynamoDb.endAll(reset);
        sts.endAll(reset);
        signal(lambda, "CONT", 'S');

        vend(api);
        assertThat(records() - records).as("an intent and an outcome").isEqualTo(2);
        assertThat(dynamoDb.requests() - calls).as("allow-list, intent, outcome").isEqualTo(3);
        assertThat(sts.requests() - sessions).as("AssumeRole").isEqualTo(1);
        assertThat(dynamoDb.accepted() + sts.accepted() - connections).isEqualTo(2);
      }
    }
  }

  private static void vend(RuntimeApi api) throws Exception {
    String event = Files.readString(Path.of("events/granted.json"));
    assertThat(api.invoke(event).body()).contains("\"statusCode\":200");
  }

  private static int records() {
    return stack.tables().client().scan(scan -> scan.tableName(stack.auditTable())).count();
  }

  /** Returns when the process has changed its state. */
  private static void signal(LambdaProcess lambda, String signal, char state)
      throws IOException, InterruptedException {
    String process = Long.toString(lambda.process().pid());
    int code = new ProcessBuilder("kill", "-" + signal, process).start().waitFor();
    assertThat(code).isZero();
    // The state follows the program's name, which is in brackets.
    Pattern wanted = Pattern.compile("\\) " + state + " ");
    Path file = PROCESSES.resolve(process).resolve("stat");
    Instant end = Instant.now().plusSeconds(10);
    while (!wanted.matcher(Files.readString(file)).find()) {
      assertThat(Instant.now()).as("process in state %s", state).isBefore(end);
      Thread.onSpinWait();
    }
  }
}

package vended.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import vended.lambda.CredentialsEndpoint;
import vended.lambda.LambdaProcess;
import vended.lambda.RuntimeApi;
import vended.lambda.TaskRoot;
import vended.local.AllowListRows;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;
import vended.template.Template;

/** What the packaged jar does before its first event, under the runtime client's own hooks. */
@Execution(ExecutionMode.CONCURRENT)
class PrimedJarIT {
  private static final Path JAR = Path.of("target/vended.jar");
  private static final String FUNCTION =
      "arn:aws:lambda:eu-west-1:111122223333:function:vended-vend:live";

  /** Of the two thousand that a vend needs. */
  private static final int MAX_CLASSES = 100;

  private static String handler(String function) {
    return String.valueOf(
        Template.read(Path.of("template.yaml"), Map.of()).properties(function).get("Handler"));
  }

  private static LambdaProcess start(
      Path folder,
      List<String> flags,
      RuntimeApi api,
      String handler,
      Map<String, String> variables)
      throws IOException {
    List<String> all = new ArrayList<>(LambdaProcess.FLAGS);
    all.addAll(flags);
    return LambdaProcess.start(
        List.of(),
        all,
        TaskRoot.unpack(JAR, folder.resolve("task")),
        handler,
        api.address(),
        variables,
        folder.resolve("output.txt"));
  }

  @Test
  void theFirstEventAfterARestoreFindsItsClassesLoaded_AndPrimingLeavesNoTrace(@TempDir Path folder)
      throws Exception {
    Path classes = folder.resolve("classes.txt");
    try (LocalStack stack = LocalStack.start(Options.of(Functions.ofService(TestStack.PATIENT)));
        RuntimeApi api = new RuntimeApi(FUNCTION);
        CredentialsEndpoint endpoint = new CredentialsEndpoint(stack.environment());
        LambdaProcess lambda =
            start(
                folder,
                List.of("-Xlog:class+load:file=" + classes),
                api,
                handler("VendFunction"),
                endpoint.underSnapStart(stack.environment()))) {
      stack
          .tables()
          .client()
          .putItem(
              put ->
                  put.tableName(stack.allowListTable())
                      .item(
                          AllowListRows.grant(
                              "arn:aws:iam::111122223333:role/Deployer",
                              "AROAEXAMPLEDEPLOYER1",
                              stack.demonstration().roleArn(),
                              Instant.now())));
      int records = stack.tables().client().scan(s -> s.tableName(stack.auditTable())).count();
      api.awaitCheckpoint();
      assertThat(stack.tables().client().scan(s -> s.tableName(stack.auditTable())).count())
          .isEqualTo(records);
      assertThat(lambda.output()).isEmpty();

      api.restore();
      api.awaitReady();
      long before = lines(classes);
      String event = Files.readString(Path.of("events/granted.json"));
      String answer = api.invoke(event).body();
      // The jar has the time limits of the deployed functions, and this machine may be busy.
      for (int i = 0; i < 10 && answer.contains("\"statusCode\":503"); i++) {
        answer = api.invoke(event).body();
      }
      assertThat(answer).contains("\"statusCode\":200");
      assertThat(lines(classes) - before).isLessThan(MAX_CLASSES);
      assertThat(lambda.output()).contains("\"Granted\":1").doesNotContain("priming");
    }
  }

  private static long lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }
}

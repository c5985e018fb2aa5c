package vended.jar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.InSoak;
import vended.json.JsonObject;
import vended.lambda.CredentialsEndpoint;
import vended.lambda.LambdaProcess;
import vended.lambda.RuntimeApi;
import vended.lambda.TaskRoot;
import vended.local.AllowListRows;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;
import vended.priming.SampleRows;
import vended.telemetry.Emf;
import vended.template.Route;
import vended.template.Template;

/** {@code target/vended.jar} as Lambda runs it, and each file of {@code events/} as it answers. */
@Execution(ExecutionMode.CONCURRENT)
class PackagedJarIT {
  private static final Path JAR = Path.of("target/vended.jar");
  private static final String FUNCTION =
      "arn:aws:lambda:eu-west-1:111122223333:function:vended-vend:live";
  private static final int MAX_MEGABYTES = 13;

  /** Of the two thousand that a vend needs. */
  private static final int MAX_CLASSES = 100;

  @SuppressWarnings("NullAway.Init")
  private static LocalStack stack;

  @BeforeAll
  static void start() throws IOException {
    stack = LocalStack.start(Options.of(Functions.ofService(TestStack.PATIENT)));
    var grant =
        AllowListRows.grant(
            "arn:aws:iam::111122223333:role/Deployer",
            "AROAEXAMPLEDEPLOYER1",
            stack.demonstration().roleArn(),
            Instant.now());
    stack.tables().client().putItem(put -> put.tableName(stack.allowListTable()).item(grant));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static String handler() {
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    return template.routes().stream()
        .filter(route -> route.path().equals("/credentials"))
        .map(Route::handler)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachSampleEventGetsItsAnswer(@TempDir Path folder) throws Exception {
    try (RuntimeApi api = new RuntimeApi(FUNCTION)) {
      long started = System.nanoTime();
      try (LambdaProcess lambda = start(folder, handler(), api, stack.environment())) {
        long ready = api.awaitReady();
        long asked = System.nanoTime();
        RuntimeApi.Answer first = invoke(api, event("granted"));
        report(started, ready, asked, first.nanoTime());

        Map<?, ?> granted = assertAnswer(first, documented("granted"));
        assertThat(granted.get("Version")).isEqualTo(1L);
        assertThat((String) granted.get("AssumedRoleArn"))
            .startsWith("arn:aws:sts::444455556666:assumed-role/deploy/Deployer@");
        assertThat(assertAnswer(invoke(api, event("denied")), documented("denied")).get("code"))
            .isEqualTo("forbidden");
        assertThat(
                (List<?>)
                    assertAnswer(invoke(api, event("invalid-body")), documented("invalid-body"))
                        .get("errors"))
            .hasSize(3);
        assertThat(
                (List<?>)
                    assertAnswer(invoke(api, event("roles")), documented("roles")).get("grants"))
            .hasSize(1);
        // The SDK's logger must be the one that says nothing, and no secret may be in the log.
        assertThat(lambda.output())
            .doesNotContain(
                "SLF4J",
                "Exception",
                stack.demonstration().externalId(),
                String.valueOf(granted.get("SecretAccessKey")),
                String.valueOf(granted.get("SessionToken")))
            .contains("\"Granted\":1", "\"Denied\":1");
        assertThat(metrics(lambda.output()))
            .contains("Granted {}", "Denied {}", "Denied {Reason=no_grant}")
            .contains("Latency {Hop=allow_list}", "Latency {Hop=audit}", "Latency {Hop=sts}");
      }
    }
  }

  /** The status that events/README.md says. */
  private static int documented(String event) throws IOException {
    Matcher row =
        Pattern.compile("(?m)^\\| `" + event + "\\.json` \\| (\\d{3}) \\|")
            .matcher(Files.readString(Path.of("events", "README.md")));
    assertThat(row.find()).as(event).isTrue();
    return Integer.parseInt(row.group(1));
  }

  /**
   * What CloudWatch makes of the lines that are meant for it: names, and dimensions but for the
   * stack.
   */
  private static Set<String> metrics(String output) {
    return output
        .lines()
        .filter(line -> line.contains("\"_aws\""))
        .flatMap(line -> Emf.read(line).stream())
        .map(sample -> sample.metric() + " " + ownDimensions(sample))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> ownDimensions(Emf.Sample sample) {
    Map<String, String> dimensions = new HashMap<>(sample.dimensions());
    assertThat(dimensions.remove("Stack")).isEqualTo("vended");
    return dimensions;
  }

  @Test
  void theWatchCounts_AndTellsWhatLambdaTriesAgain(@TempDir Path folder) throws Exception {
    String handler =
        String.valueOf(
            Template.read(Path.of("template.yaml"), Map.of())
                .properties("WatchFunction")
                .get("Handler"));
    try (RuntimeApi api = new RuntimeApi(FUNCTION.replace("vend:live", "watch:live"));
        LambdaProcess lambda = start(folder, handler, api, stack.environment())) {
      assertThat(invoke(api, "{}").path()).as(lambda.output()).isEqualTo("response");
      assertThat(metrics(lambda.output())).containsExactly("OpenIntents {}");
    }
  }

  @InSoak("afterARestoreTheFirstEventFindsItsClassesLoaded_AndPrimingLeftNoTrace does it too")
  @Test
  void underSnapStartTheCredentialsComeFromTheirEndpoint(@TempDir Path folder) throws Exception {
    try (RuntimeApi api = new RuntimeApi(FUNCTION);
        CredentialsEndpoint endpoint = new CredentialsEndpoint(stack.environment());
        LambdaProcess lambda =
            start(folder, handler(), api, endpoint.underSnapStart(stack.environment()))) {
      api.awaitCheckpoint();
      api.restore();
      assertThat(assertAnswer(invoke(api, event("granted")), 200).get("Version"))
          .as(lambda.output())
          .isEqualTo(1L);
    }
  }

  /** The rows of priming belong to a client and a caller that no stack has. */
  private static int recordsOfPriming() {
    return stack
        .tables()
        .client()
        .scan(
            scan ->
                scan.tableName(stack.auditTable())
                    .filterExpression("roleArn = :role OR callerId = :caller")
                    .expressionAttributeValues(
                        Map.of(
                            ":role", AttributeValue.fromS(SampleRows.ROLE),
                            ":caller", AttributeValue.fromS(SampleRows.CALLER_ID))))
        .count();
  }

  @Test
  void afterARestoreTheFirstEventFindsItsClassesLoaded_AndPrimingLeftNoTrace(@TempDir Path folder)
      throws Exception {
    Path classes = folder.resolve("classes.txt");
    List<String> flags = new ArrayList<>(LambdaProcess.FLAGS);
    flags.add("-Xlog:class+load:file=" + classes);
    try (RuntimeApi api = new RuntimeApi(FUNCTION);
        CredentialsEndpoint endpoint = new CredentialsEndpoint(stack.environment());
        LambdaProcess lambda =
            LambdaProcess.start(
                List.of(),
                flags,
                TaskRoot.unpack(JAR, folder.resolve("task")),
                handler(),
                api.address(),
                endpoint.underSnapStart(stack.environment()),
                folder.resolve("output.txt"))) {
      api.awaitCheckpoint();
      assertThat(lambda.output()).isEmpty();

      api.restore();
      api.awaitReady();
      long before = lines(classes);
      assertThat(assertAnswer(invoke(api, event("granted")), 200).get("Version")).isEqualTo(1L);
      assertThat(lines(classes) - before).isLessThan(MAX_CLASSES);
      assertThat(lambda.output()).contains("\"Granted\":1").doesNotContain("priming");
      assertThat(recordsOfPriming()).isZero();
    }
  }

  private static long lines(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }

  /** Step Functions goes by the names of errors, which the runtime makes. */
  @Test
  void aStepOfTheScheduleAnswersOrNamesItsError(@TempDir Path folder) throws Exception {
    String handler =
        String.valueOf(
            Template.read(Path.of("template.yaml"), Map.of())
                .properties("SettleFunction")
                .get("Handler"));
    try (RuntimeApi api = new RuntimeApi(FUNCTION.replace("vend:live", "settle:live"));
        LambdaProcess lambda = start(folder, handler, api, stack.environment())) {
      RuntimeApi.Answer page = invoke(api, "{\"list\":{}}");
      assertThat(page.path()).as(lambda.output()).isEqualTo("response");
      assertThat(read(page.body()).get("roles"))
          .isEqualTo(List.of(Map.of("roleArn", stack.demonstration().roleArn())));

      RuntimeApi.Answer refused = invoke(api, "{\"list\":{},\"caller\":\"x\"}");
      assertThat(refused.path()).isEqualTo("error");
      assertThat(read(refused.body()).get("errorType"))
          .isEqualTo("vended.api.StepRefusedException");
      assertThat(refused.body()).contains("/caller is unknown").doesNotContain("Handler.java");
    }
  }

  @Test
  void noEventIsWithoutATest() throws IOException {
    try (var files = Files.list(Path.of("events"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "README.md", "granted.json", "denied.json", "invalid-body.json", "roles.json");
    }
  }

  /** With a backend, the SDK would log credentials at level DEBUG. */
  @Test
  void theJarCanLogNothingOfLibraries() throws IOException {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      var services = jar.getEntry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider");
      String providers = new String(jar.getInputStream(services).readAllBytes(), UTF_8);

      assertThat(providers.strip()).isEqualTo("org.slf4j.nop.NOPServiceProvider");
      assertThat(jar.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.matches(".*/(logback|log4j|slf4j/(simple|jul|reload4j))/.*"));
    }
  }

  @Test
  void theJarHoldsTheProductAndNothingElse() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(MAX_MEGABYTES * 1024L * 1024L);
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      List<String> names = jar.stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .contains("vended/api/vend/VendHandler.class")
          .noneMatch(name -> name.startsWith("io/netty/"))
          .noneMatch(name -> name.startsWith("org/apache/http/"))
          .noneMatch(name -> name.startsWith("com/amazonaws/services/lambda/runtime/api/"))
          .noneMatch(
              name -> name.startsWith("com/amazonaws/services/lambda/runtime/serialization/"))
          .noneMatch(name -> name.startsWith("org/junit/"))
          .noneMatch(name -> name.startsWith("com/amazonaws/services/dynamodbv2/local/"))
          .noneMatch(name -> name.startsWith("vended/local/"))
          .noneMatch(name -> name.startsWith("vended/lambda/"))
          .noneMatch(name -> name.endsWith("Test.class") || name.endsWith("IT.class"));
    }
  }

  private static LambdaProcess start(
      Path folder, String handler, RuntimeApi api, Map<String, String> variables)
      throws IOException {
    return LambdaProcess.start(
        TaskRoot.unpack(JAR, folder.resolve("task")),
        handler,
        api.address(),
        variables,
        folder.resolve("output.txt"));
  }

  /**
   * The jar has the time limits of the deployed functions, so a call may time out on a busy
   * machine: what clients send again is sent again.
   */
  private static RuntimeApi.Answer invoke(RuntimeApi api, String event) throws Exception {
    RuntimeApi.Answer answer = api.invoke(event);
    for (int tries = 1; isUnavailable(answer) && tries < 10; tries++) {
      answer = api.invoke(event);
    }
    return answer;
  }

  private static boolean isUnavailable(RuntimeApi.Answer answer) {
    return answer.body().contains("\"statusCode\":503")
        || answer.body().contains("UnavailableException");
  }

  private static String event(String name) throws IOException {
    return Files.readString(Path.of("events", name + ".json"));
  }

  private static Map<?, ?> assertAnswer(RuntimeApi.Answer answer, int status) {
    assertThat(answer.path()).as(answer.body()).isEqualTo("response");
    var response = read(answer.body());
    assertThat(response.get("statusCode")).as(answer.body()).isEqualTo((long) status);
    return read(String.valueOf(response.get("body")));
  }

  private static Map<?, ?> read(String json) {
    return ((JsonObject.Read) JsonObject.read(json)).object().members();
  }

  /** Figures of this machine, for docs/decisions.md; nothing is asserted of them. */
  private static void report(long started, long ready, long asked, long answered) {
    System.out.printf(
        "packaged jar: %d ms from the JVM's start to ready, %d ms to the first answer%n",
        Duration.ofNanos(ready - started).toMillis(),
        Duration.ofNanos(answered - asked).toMillis());
  }
}

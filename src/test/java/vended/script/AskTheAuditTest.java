package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;
import vended.audit.Outcome;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.audit.VendRecord.Issued;
import vended.audit.VendRecord.Result;
import vended.audit.VendRecord.Subject;
import vended.audit.dynamo.DynamoAuditLog;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;

/** The questions of docs/audit.md, as they stand there: by the AWS CLI, and by the script. */
class AskTheAuditTest {
  private static final String VEND = "01KG9VQ9E0TSV4RRFFQ69G5FAV";
  private static final String OTHER = "01KG9VQ9E0TSV4RRFFQ69G5FAW";
  private static final String DENIED = "01KG9VQ9E0TSV4RRFFQ69G5FAX";
  private static final String NOW = "01KG9VQ9E0TSV4RRFFQ69G5FAY";
  private static final String NEXT = "01KG9VQ9E0TSV4RRFFQ69G5FAZ";
  private static final Pattern IDS = Pattern.compile("01KG9VQ9E0TSV4RRFFQ69G5FA[A-Z]");
  private static final String DEPLOYER = "arn:aws:iam::111122223333:role/Deployer";
  private static final String BUILDER = "arn:aws:iam::111122223333:role/Builder";

  /** What is found, by the question that a block begins with. */
  private static final Map<String, Set<String>> FOUND =
      Map.of(
          "What happened in this vend?", Set.of(VEND),
          "What did this caller do, the newest first?", Set.of(VEND, NOW),
          "Who had this client role in January?", Set.of(VEND, OTHER),
          "Who was refused this client's account, and why?", Set.of(),
          "Whose is this access key, seen in CloudTrail?", Set.of(VEND),
          "What happened in this hour?", Set.of(VEND, OTHER, DENIED),
          "What was refused in the current hour?", Set.of(NOW),
          "When did this caller last have this client role?", Set.of(VEND));

  @RegisterExtension static final TestStack SHARED = TestStack.shared().resetOnce();

  private static final LocalStack stack = SHARED.stack();

  /** Where the AWS CLI is that runs as one process for all, since it takes a second to start. */
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private static Path programs;

  private static @Nullable AwsCli cli;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @BeforeAll
  static void startAwsCli() throws Exception {
    if (hasAwsCli() && AwsCli.isHere()) {
      Map<String, String> tables =
          Map.of("AWS_ENDPOINT_URL_DYNAMODB", stack.tables().url().toString());
      cli = AwsCli.serving("serve", "-", tables);
      Programs.write(programs.resolve("aws"), cli.script());
    }
  }

  @AfterAll
  static void stopAwsCli() throws Exception {
    if (cli != null) {
      cli.close();
    }
  }

  @BeforeAll
  static void writeRows() throws Exception {
    Instant january = Instant.parse("2026-01-31T14:15:16Z");
    Result denied = new Result(Outcome.DENIED, Reason.NO_GRANT, null, null);
    add(VEND, january, DEPLOYER, null);
    add(VEND, january.plusSeconds(1), DEPLOYER, granted("ASIAEXAMPLEISSUED001"));
    add(OTHER, january.plusSeconds(2), BUILDER, granted("ASIAEXAMPLEISSUED002"));
    add(DENIED, january.plusSeconds(3), BUILDER, denied);
    // Old enough to be answered by the function, too, which leaves out the newest seconds; and in
    // whichever hour it is when the question is asked, which may be the next one.
    Instant now = Instant.now();
    add(NOW, now.minusSeconds(10), DEPLOYER, denied);
    add(NEXT, now.plus(Duration.ofHours(1)), DEPLOYER, denied);
  }

  private static Result granted(String accessKeyId) {
    Issued issued = new Issued(accessKeyId, null, null, null);
    return new Result(Outcome.GRANTED, null, issued, null);
  }

  private static void add(String id, Instant at, String caller, @Nullable Result result)
      throws Exception {
    Subject subject =
        new Subject(
            "arn:aws:iam::444455556666:role/vended/vended-deploy",
            "444455556666",
            "Example Client",
            3600,
            result == null || result.outcome() == Outcome.GRANTED
                ? new VendId(id).sessionName(caller.substring(caller.lastIndexOf('/') + 1))
                : null,
            null,
            null,
            1L,
            Map.of());
    new DynamoAuditLog(
            stack.tables().client(),
            stack.auditTable(),
            Duration.ofDays(2557),
            TestStack.PATIENT.dynamoDbAgain())
        .append(
            new VendRecord(
                new Trace(
                    new VendId(id),
                    new Requester(caller, null, null, null, null, null, null, null)),
                at,
                subject,
                result));
  }

  /** The page's blocks of shell that ask the table. */
  static Stream<String> blocks() {
    return Page.of("docs/audit.md").blocks("sh").stream()
        .map(Page.Block::text)
        .filter(block -> block.contains("aws dynamodb"));
  }

  private static String question(String block) {
    return block.lines().findFirst().orElseThrow().replaceFirst("^# ", "");
  }

  private String run(String script, Map<String, String> more) throws Exception {
    Path file = home.resolve("example.sh");
    Files.writeString(file, script);
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-eu", file.toString())
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("out").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("VEND_"));
    // The version managers that some put before python and aws look for their own home.
    environment.putIfAbsent("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv");
    environment.put("HOME", home.toString());
    environment.put("AWS_REGION", LocalStack.REGION);
    environment.put("AWS_DEFAULT_REGION", LocalStack.REGION);
    environment.putAll(more);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(home.resolve("out"));
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private static boolean hasAwsCli() {
    boolean there = Shell.find("aws").isPresent();
    if (!there) {
      System.out.println("skipped, not on this machine: the AWS CLI");
    }
    return there;
  }

  @Test
  void eachQuestionHasItsBlock() {
    assertThat(blocks().map(AskTheAuditTest::question))
        .containsExactlyInAnyOrderElementsOf(FOUND.keySet());
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void theAwsCliFindsIt_WithTheEndpointAloneAdded(String block) throws Exception {
    assumeTrue(hasAwsCli());
    String output =
        run(
            Soak.ON ? block : block.replace("for shard in 0 1 2 3 4 5 6 7;", shards(block)),
            Map.of(
                "PATH",
                programs + ":" + System.getenv("PATH"),
                "AUDIT_TABLE",
                stack.auditTable(),
                "AWS_ACCESS_KEY_ID",
                "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY",
                "example",
                "AWS_ENDPOINT_URL_DYNAMODB",
                stack.tables().url().toString()));

    Set<String> found = new TreeSet<>(IDS.matcher(output).results().map(id -> id.group()).toList());
    if (found.remove(NEXT) && found.isEmpty()) {
      found.add(NOW);
    }
    assertThat(found).as(output).isEqualTo(FOUND.get(question(block)));
    if (found.isEmpty()) {
      assertThat(output.lines().map(line -> List.of(line.split("\t", -1)).subList(1, 3)))
          .containsExactly(
              List.of(BUILDER, "no_grant"),
              List.of(DEPLOYER, "no_grant"),
              List.of(DEPLOYER, "no_grant"));
    }
  }

  /** Only the shards of what is to be found: each turn of the loop starts the AWS CLI. */
  private static String shards(String block) {
    Set<String> wanted = new TreeSet<>(FOUND.getOrDefault(question(block), Set.of()));
    if (wanted.contains(NOW)) {
      wanted.add(NEXT);
    }
    return stack.tables().rows(stack.auditTable()).stream()
        .filter(row -> wanted.contains(Items.text(row, "pk")))
        .map(row -> Items.text(row, "hourShard").replaceFirst(".*#", ""))
        .distinct()
        .sorted()
        .collect(Collectors.joining(" ", "for shard in ", ";"));
  }

  @Test
  void theScriptAsksTheFunctionWhoWasRefused() throws Exception {
    String line =
        Page.of("docs/audit.md")
            .text()
            .lines()
            .filter(text -> text.startsWith("vend audit --outcome denied"))
            .findFirst()
            .orElseThrow();
    Keys.Key auditor = stack.people().auditor();
    String output =
        run(
            line,
            Map.of(
                "PATH", Path.of("bin").toAbsolutePath() + ":" + System.getenv("PATH"),
                "VEND_URL", stack.url().toString(),
                "AWS_ACCESS_KEY_ID", auditor.id(),
                "AWS_SECRET_ACCESS_KEY", auditor.secret()));

    assertThat(output.lines()).hasSize(2);
    assertThat(output).contains("denied no_grant", "111122223333 Deployer", NOW);
  }
}

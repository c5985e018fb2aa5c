package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Trail;
import vended.audit.dynamo.Generator;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.TestStack;
import vended.text.Sha256;

/** What auditors do with the script, against the whole stack. */
class AuditTest {
  private static final Instant END = end();
  private static final Instant SINCE = END.minus(Duration.ofHours(5));
  private static final List<Map<String, AttributeValue>> ROWS = rows();

  @RegisterExtension static final TestStack SHARED = TestStack.shared().resetOnce();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  /** The script's periods count back from the machine's own time. */
  private static Instant end() {
    return Instant.now().minusSeconds(300).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Vends that ended well, refusals and changes: what is simple to tell of CloudTrail. */
  private static List<Map<String, AttributeValue>> rows() {
    return Generator.rows(7, 1300, END, Duration.ofHours(5)).stream()
        .collect(Collectors.groupingBy(row -> Items.text(row, "pk")))
        .values()
        .stream()
        .filter(vend -> vend.stream().noneMatch(row -> is(row, "outcome", "failed")))
        .filter(vend -> vend.stream().noneMatch(row -> is(row, "sk", "probe")))
        .filter(vend -> vend.size() > 1 || !is(vend.getFirst(), "sk", "intent"))
        .flatMap(List::stream)
        .map(AuditTest::named)
        .toList();
  }

  private static boolean is(Map<String, AttributeValue> row, String name, String value) {
    return AttributeValue.fromS(value).equals(row.get(name));
  }

  /** With the session's name as the service makes it. */
  private static Map<String, AttributeValue> named(Map<String, AttributeValue> row) {
    Map<String, AttributeValue> named = new HashMap<>(row);
    named.computeIfPresent(
        "sessionName", (name, old) -> AttributeValue.fromS("Builder@" + Items.text(row, "pk")));
    return named;
  }

  @BeforeAll
  static void writeRows() {
    Generator.write(stack.tables().client(), stack.auditTable(), ROWS);
  }

  static Stream<Shell> shells() {
    return Shell.matrix(AuditTest.class);
  }

  private Run audit(Shell shell, String... arguments) {
    Keys.Key key = stack.people().auditor();
    String[] all =
        Stream.concat(Stream.of("audit"), Arrays.stream(arguments)).toArray(String[]::new);
    return Run.vend(shell, home, all)
        .with("VEND_URL", stack.url().toString())
        .with("AWS_REGION", LocalStack.REGION)
        .with("AWS_ACCESS_KEY_ID", key.id())
        .with("AWS_SECRET_ACCESS_KEY", key.secret())
        .with("TMPDIR", home.toString());
  }

  private Run.Result done(Shell shell, String... arguments) {
    Run.Result result = audit(shell, arguments).result();
    assertThat(result.exit()).as("%s%s", result.out(), result.err()).isZero();
    return result;
  }

  private static Map<?, ?> json(String text) {
    return ((JsonObject.Read) JsonObject.read(text)).object().members();
  }

  @Test
  void allPagesJoinInEachForm() {
    String[] all = {"--kind", "all", "--since", "6h", "--all", "--format"};

    for (String form : List.of("jsonl", "csv", "table")) {
      String[] arguments = Arrays.copyOf(all, 7);
      arguments[6] = form;
      int head = form.equals("jsonl") ? 0 : 1;
      assertThat(done(Shell.any(), arguments).out().lines()).as(form).hasSize(ROWS.size() + head);
    }
  }

  @Test
  void jsonIsOneDocumentHoweverManyPages() {
    Run.Result result =
        done(Shell.any(), "--kind", "all", "--since", "6h", "--all", "--format=json");

    assertThat((List<?>) json(result.out()).get("records")).hasSize(ROWS.size());
    assertThat(done(Shell.any(), "--caller", "arn:aws:iam::1:user/x", "--format", "json").out())
        .isEqualTo("{\"records\":[]}\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--caller, caller",
    "--role, roleArn",
    "--account, clientAccount",
    "--access-key, accessKeyId",
    "--id, pk",
    "--reason, reason"
  })
  void eachQuestionIsAnswered(String option, String attribute) {
    Map<String, AttributeValue> row =
        ROWS.stream()
            .filter(one -> Items.text(one, "sk").equals("outcome") && one.containsKey(attribute))
            .findFirst()
            .orElseThrow();
    String value = Items.text(row, attribute);

    String[] arguments = {option, value, "--since", "6h", "--all", "--format", "jsonl"};
    assertThat(done(Shell.any(), arguments).out().lines())
        .isNotEmpty()
        .allMatch(line -> line.contains("\"" + value + "\""))
        .anyMatch(line -> line.contains(Items.text(row, "pk")));
  }

  @Test
  void onePageIsShownAndMoreIsToldOf() {
    Run.Result result = done(Shell.any(), "--since", "6h");

    assertThat(result.out().lines()).hasSize(101);
    assertThat(result.err()).contains("--all");
    Run.Result none = done(Shell.any(), "--caller", "arn:aws:iam::111122223333:role/Nobody");
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).contains("no records match; a new one is shown 5 seconds after");
  }

  @InShells
  void twoExportsOfOnePeriodAreTheSame(Shell shell) throws Exception {
    String[] period = {"export", "--since", SINCE.toString(), "--until", END.toString()};
    done(shell, with(period, "--output", home + "/one"));
    done(shell, with(period, "--output", home + "/two"));

    String lines = Files.readString(home.resolve("one.jsonl"));
    String manifest = Files.readString(home.resolve("one.manifest.json"));
    assertThat(lines.lines()).hasSize(ROWS.size()).isSorted();
    assertThat(Files.readString(home.resolve("two.jsonl"))).isEqualTo(lines);
    assertThat(Files.readString(home.resolve("two.manifest.json"))).isEqualTo(manifest);
    assertThat(audit(shell, with(period, "--output", home + "/one")).result().err())
        .contains("vend does not overwrite it");
    Map<?, ?> said = json(manifest);
    assertThat(said.get("count")).isEqualTo((long) ROWS.size());
    assertThat(said.get("sha256")).isEqualTo(Sha256.sha256(lines));
    String first = lines.lines().findFirst().orElseThrow();
    assertThat(said.get("first"))
        .isEqualTo(json(first).get("vendId") + "/" + json(first).get("kind"));
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void oneIsSingular() throws Exception {
    String record = "{\"vendId\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"kind\":\"outcome\"}";
    String[] day = {"--since", "2024-01-01", "--until", "2024-01-02"};
    try (StandIn server = new StandIn(request -> StandIn.Answer.text(record + "\n"))) {
      String[] export = with(new String[] {"export", "--output", home + "/single"}, day);

      assertThat(audit(Shell.any(), export).with("VEND_URL", server.url()).result().err())
          .contains("vend: 1 record in ");
    }
    String answer =
        "{\"events\":1,\"records\":1,\"matched\":1,"
            + Answers.VENDOR_ROLE
            + ",\"complete\":true,"
            + "\"findings\":[{\"kind\":\"record_without_event\",\"detail\":\"x\"}]}";
    try (StandIn server = new StandIn(request -> StandIn.Answer.json(answer))) {
      String[] reconcile = with(new String[] {"reconcile", file("")}, day);

      assertThat(audit(Shell.any(), reconcile).with("VEND_URL", server.url()).result().err())
          .contains(": 1 event, 1 record, 1 matched, 1 finding\n");
    }
  }

  @Test
  void anExportOfWhatIsStillComingInIsRefused() {
    Run.Result result =
        audit(
                Shell.any(),
                "export",
                "--since",
                "1h",
                "--until",
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .result();

    assertThat(result.exit()).isEqualTo(2);
  }

  @InShells
  void momentsAreUnderstood(Shell shell) {
    try (StandIn server = new StandIn(request -> StandIn.Answer.text(""))) {
      for (String ago : List.of("90m", "8h", "7d", "400d", "2500d", "9000d")) {
        audit(shell, "--since", ago, "--until", "2024-02-29")
            .with("VEND_URL", server.url())
            .result();
        String body = server.requests.getLast().body();
        assertThat(body).contains("\"until\":\"2024-02-29T00:00:00Z\"");
        int unit =
            Map.of('m', 60, 'h', 3600, 'd', 86_400).getOrDefault(ago.charAt(ago.length() - 1), 0);
        long seconds = Long.parseLong(ago.substring(0, ago.length() - 1)) * unit;
        Instant since = Instant.parse(String.valueOf(json(body).get("since")));
        assertThat(since)
            .isBetween(
                Instant.now().minusSeconds(seconds + 60), Instant.now().minusSeconds(seconds));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void nothingOfAnAnswerMovesATerminal(Shell shell) {
    String hostile = "HEAD\nred \033[31m \u202edlo \u009b2J \u200b\t end\n";
    try (StandIn server = new StandIn(request -> StandIn.Answer.text(hostile))) {
      Run.Result result = audit(shell).with("VEND_URL", server.url()).result();

      assertThat(result.out()).isEqualTo("HEAD\nred ?[31m ?dlo ?2J ?  end\n");
    }
  }

  @Test
  void aRefusalIsToldAndNothingIsPrinted() {
    Run.Result forbidden =
        audit(Shell.any())
            .with("AWS_ACCESS_KEY_ID", stack.people().pipeline().id())
            .with("AWS_SECRET_ACCESS_KEY", stack.people().pipeline().secret())
            .result();
    assertThat(forbidden.exit()).isEqualTo(1);
    assertThat(forbidden.out()).isEmpty();
    assertThat(forbidden.err()).contains("Forbidden");

    Run.Result invalid = audit(Shell.any(), "--outcome", "gone").result();
    assertThat(invalid.exit()).isEqualTo(1);
    assertThat(invalid.err()).contains("/outcome: must be granted");
  }

  @Test
  void aFailureIsTriedAgain_AndAnAnswerThatIsTooLargeOrOfAnotherKindIsRefused() {
    StandIn.Answer busy = StandIn.Answer.problem(503, "Busy", "wait");
    try (StandIn server = StandIn.inTurn(busy, StandIn.Answer.text("HEAD\nrow\n"))) {
      assertThat(audit(Shell.any()).with("VEND_URL", server.url()).result().out())
          .isEqualTo("HEAD\nrow\n");
    }
    var large = StandIn.Answer.text("x".repeat(9_000_000));
    var other = new StandIn.Answer(200, "image/png", "x", Map.of());
    for (StandIn.Answer answer : List.of(large, other)) {
      try (StandIn server = new StandIn(request -> answer)) {
        Run.Result result = audit(Shell.any()).with("VEND_URL", server.url()).result();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
      }
    }
  }

  /** Curl's own limit does not hold where the answer's length is not told. */
  @ParameterizedTest
  @MethodSource("shells")
  void anAnswerWithoutALengthDoesNotFillTheDisk(Shell shell) {
    byte[] part = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
    try (RawServer server =
        new RawServer(
            (socket, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
              for (int i = 0; i < 400; i++) {
                out.write(part);
              }
            })) {
      Run.Result result = audit(shell, "--format", "csv").with("VEND_URL", server.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("larger than 8388608 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--role x",
        "--account 1",
        "--access-key x",
        "--id $(id)",
        "--since 2026-13-01",
        "--format xml",
        "--limit x",
        "--caller",
        "--account 444455556666,1",
        "--account 444455556666,",
        "--reason no_grant,$(id)",
        "--reason --all",
        "--outcome ,denied",
        "--client",
        "export --during 2024-01 --outcome denied",
        "report --client a",
        "--caller a --format html",
        "report --all",
        "export",
        "export --since 1d",
        "export --format csv",
        "reconcile /nowhere",
        "reconcile - two",
        "nothing"
      })
  void whatCannotBeMeantIsRefusedBeforeAnythingIsSent(String arguments) {
    Run.Result result = audit(Shell.any(), arguments.split(" ", -1)).result();

    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aReasonThatNoRecordCanHaveIsAMistake_AndThoseThatThereAreAreTold() {
    Run.Result result = audit(Shell.any(), "--reason", "no_grnt").result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("/reason: must be one of", "no_grant", "version_conflict", "vending_stopped")
        .doesNotContain("no records match");
  }

  /** CloudTrail's event of each vend that was granted. */
  private static List<Map<String, Object>> events() {
    return ROWS.stream()
        .filter(row -> is(row, "outcome", "granted"))
        .map(
            row ->
                Trail.issued(
                    Instant.parse(Items.text(row, "at")),
                    Items.text(row, "roleArn"),
                    Items.text(row, "sessionName"),
                    Items.text(row, "accessKeyId")))
        .toList();
  }

  private String file(String text) throws IOException {
    return Files.writeString(home.resolve("events.json"), text).toString();
  }

  private Run reconcile(Shell shell, String file, String... more) {
    String[] arguments = {
      "reconcile", file, "--since", SINCE.toString(), "--until", END.plusSeconds(60).toString()
    };
    return audit(shell, with(arguments, more));
  }

  @Test
  void whatCloudTrailAndTheAuditAgreeOnIsNoFinding() throws Exception {
    List<Map<String, Object>> events = events();
    String file = file(Json.write(Map.of("Events", events.stream().map(Trail::lookedUp).toList())));

    Run.Result result = reconcile(Shell.any(), file).result();

    assertThat(result.exit()).as("%s%s", result.out(), result.err()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("%d events".formatted(events.size()), "%d matched".formatted(events.size()));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatTheyDoNotAgreeOnIsFoundInEveryShapeOfInput(Shell shell) throws Exception {
    List<Map<String, Object>> events = new ArrayList<>(events());
    String lost = Json.write(events.removeFirst());
    events.add(
        Trail.issued(
            END.minusSeconds(3600),
            "arn:aws:iam::444455556600:role/vended/deploy0",
            "someone@01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "ASIASTRANGERSTRANGER"));
    String lines = events.stream().map(Json::write).collect(Collectors.joining("\n"));
    // With braces, quotes and backslashes in texts, on many lines, and in two documents.
    String records =
        "{\"Records\": [\n%s]}\n{\"Records\":[{\"eventName\": \"x}{\\\\\\\"AssumeNothing\"}]}"
            .formatted(events.stream().map(Json::write).collect(Collectors.joining(",\r\n  ")));

    for (String text : List.of(lines, records, "[" + lines.replace("\n", ",") + "]")) {
      Run.Result result = reconcile(shell, file(text)).result();
      assertThat(result.exit()).as(result.err()).isEqualTo(3);
      assertThat(result.out())
          .contains("event_without_record\n", "ASIASTRANGERSTRANGER", "record_without_event\n");
      assertThat(result.err()).contains(", 2 findings");
      assertThat(lost).contains("Builder@");
    }
    Run.Result json = reconcile(shell, file(lines), "--format", "json").result();
    assertThat((List<?>) json(json.out()).get("findings")).hasSize(2);
  }

  @Test
  void inputThatIsNotWholeOrEmptyIsRefused() throws Exception {
    Run.Result torn =
        reconcile(Shell.any(), file("{\"Records\": [{\"eventName\": \"Assume")).result();
    assertThat(torn.exit()).isEqualTo(1);
    assertThat(torn.err()).contains("incomplete");
    for (String text :
        List.of(
            "[{\"eventName\": \"AssumeRole\"},",
            "{\"A\": 1, \"Events\": [{\"b\": \"AssumeRole\"}]}")) {
      assertThat(audit(Shell.any(), "reconcile", file(text)).result().err()).contains("incomplete");
    }

    Run.Result none = audit(Shell.any(), "reconcile", file("{\"Events\": []}")).result();
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("--since and --until");
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    done(Shell.any(), "--since", "1d");

    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("vend."));
    }
  }
}

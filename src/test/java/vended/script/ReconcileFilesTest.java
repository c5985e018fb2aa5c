package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Trail;
import vended.json.Json;
import vended.json.JsonObject;

/** {@code vend audit reconcile} of a trail's log files, and where not everything can be judged. */
class ReconcileFilesTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  private static final Instant END = Instant.parse("2026-03-03T12:00:00Z");
  private static final String GOOD = answer("");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private static Stream<Shell> shells() {
    return Shell.matrix(ReconcileFilesTest.class);
  }

  private static String answer(String findings) {
    return "{\"events\":1,\"records\":2,\"matched\":1,%s,\"complete\":true,\"findings\":[%s]}"
        .formatted(Answers.VENDOR_ROLE, findings);
  }

  private static Map<String, Object> event(int second) {
    return Trail.issued(
        AT.plusSeconds(second),
        ROLE,
        "Builder@01KJMSQXRN60N0GHYFWAPQEYBN",
        "ASIA%016d".formatted(second));
  }

  private static byte[] packed(Object... events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Json.write(Map.of("Records", List.of(events))).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void log(String path, byte[] content) throws IOException {
    Path file = home.resolve("trail").resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private Run reconcile(
      Shell shell, StandIn service, Path input, Instant since, Instant until, String... more) {
    List<String> arguments = new ArrayList<>(List.of("audit", "reconcile", input.toString()));
    arguments.addAll(List.of("--since", since.toString(), "--until", until.toString()));
    arguments.addAll(List.of(more));
    return Run.vend(shell, home, arguments.toArray(String[]::new))
        .calling(service.url())
        .with("TMPDIR", home.toString())
        .with("VEND_RETRY_SECONDS", "0");
  }

  private static StandIn service(Function<JsonObject, StandIn.Answer> answers) {
    return new StandIn(
        request -> answers.apply(((JsonObject.Read) JsonObject.read(request.body())).object()));
  }

  private static List<String> eventsOf(StandIn service) {
    return service.requests.stream()
        .map(request -> ((JsonObject.Read) JsonObject.read(request.body())).object().members())
        .flatMap(body -> ((List<?>) Objects.requireNonNull(body.get("events"))).stream())
        .map(String::valueOf)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void folderOfATrail_isReadFileByFile_AndWhatIsTornIsNamed(Shell shell) throws Exception {
    String day = "AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/01/";
    String name = day + "111122223333_CloudTrail_eu-west-1_20260301T%sZ_%016d.json.gz";
    Map<String, Object> first = event(1);
    byte[] whole = packed(first, Trail.with(event(2), "eventName", "GetCallerIdentity"));
    log(name.formatted("1205", 1), whole);
    // Again, as a trail of another Region has it.
    log(name.formatted("1205", 2).replace("eu-west-1/", "us-east-1/"), packed(event(3), first));
    log(name.formatted("1210", 3), Arrays.copyOf(packed(event(4)), 200));
    log(name.formatted("1210", 4), "no gzip".getBytes(StandardCharsets.UTF_8));
    log(day + "-dc\n\u001b[31m;$(touch x).json.gz", packed(event(5)));
    log(day + "bad \n\u001b[2J.json.gz", "no gzip".getBytes(StandardCharsets.UTF_8));
    log(name.formatted("1159", 5), packed(event(6)));
    log(name.formatted("1205", 6).replace("CloudTrail_", "CloudTrail-Digest_"), packed(event(7)));
    log("notes.txt", "AssumeRole".getBytes(StandardCharsets.UTF_8));
    log("other.json", "{\"logFiles\":[]}".getBytes(StandardCharsets.UTF_8));
    log("empty.json", new byte[0]);
    Files.createSymbolicLink(home.resolve("trail/around"), home.resolve("trail"));

    try (StandIn service = service(body -> StandIn.Answer.json(GOOD))) {
      Run.Result result =
          reconcile(shell, service, home.resolve("trail"), AT, AT.plusSeconds(3600)).result();

      assertThat(result.exit()).as(result.err()).isEqualTo(4);
      assertThat(result.err())
          .contains("8 log files read; 4 skipped", "could not be read, so it", "bad ??[2J.json.gz")
          .contains("20260301T1210Z_%016d.json.gz".formatted(3))
          .contains("is empty, which no log file is, so it was not judged: ", "trail/empty.json")
          .doesNotContain("\u001b", "_%016d.json.gz".formatted(1));
      assertThat(eventsOf(service))
          .hasSize(3)
          .allMatch(event -> event.contains("AROAVENDEDVENDOREXAMP"))
          .noneMatch(event -> event.contains("sessionToken") || event.contains("external"));
    }
    assertThat(home.resolve("x")).doesNotExist();
  }

  private static Instant since(JsonObject body) {
    return Instant.parse(String.valueOf(body.members().get("since")));
  }

  private Path twoDays() throws IOException {
    return Files.write(home.resolve("events.json.gz"), packed(event(1), event(86_400 + 1)));
  }

  private static final String FINDING =
      "{\"kind\":\"event_without_record\",\"eventId\":\"e\",\"sessionName\":\"\\u001b[31mx\","
          + "\"detail\":\"d\"}";

  @ParameterizedTest
  @MethodSource("shells")
  void partThatFails_isNamed_AndTheFindingsOfTheOthersAreShown(Shell shell) throws Exception {
    Path file = twoDays();
    for (String findings : List.of("", FINDING)) {
      try (StandIn service =
          service(
              body ->
                  since(body).isAfter(AT)
                      ? StandIn.Answer.problem(503, "Not now", "The audit could not be read.")
                      : StandIn.Answer.json(answer(findings)))) {
        Run.Result result = reconcile(shell, service, file, AT, END).result();

        assertThat(result.exit()).as(result.err()).isEqualTo(findings.isEmpty() ? 4 : 3);
        assertThat(result.out().contains("event_without_record")).isEqualTo(!findings.isEmpty());
        assertThat(result.out()).doesNotContain("\u001b");
        assertThat(result.err())
            .contains(
                "not judged: 2026-03-02T12:00:00Z to 2026-03-03T12:00:00Z: Not now (HTTP 503)");
        Run.Result json = reconcile(shell, service, file, AT, END, "--format", "json").result();
        assertThat(json.out())
            .contains(
                "\"notJudged\":[{\"since\":\"2026-03-02T12:00:00Z\",\"until\":\"2026-03-03T12:00:00Z\"");
      }
    }
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("vend"));
    }
  }

  @Test
  void whereNothingIsJudged_theExitCodeIsThatOfAFailure() throws Exception {
    try (StandIn service =
        service(
            body ->
                since(body).equals(Instant.EPOCH)
                    ? StandIn.Answer.json(GOOD)
                    : StandIn.Answer.problem(503, "Not now", "Later."))) {
      Run.Result result = reconcile(Shell.any(), service, twoDays(), AT, END).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("nothing was judged");
    }
  }

  private static boolean isTooMuch(JsonObject body) {
    return body.members().get("events") instanceof List<?> events && events.size() > 100;
  }

  /** Calls of one second that no vend explains can't be told apart by time. */
  @ParameterizedTest
  @CsvSource({"4, 0, ''", "1, 4, 2026-03-01T12:00:00Z to 2026-03-01T12:00:00.001Z"})
  void partThatIsTooFull_isSplit_DownToAMillisecond(int seconds, int exit, String unjudged)
      throws Exception {
    Object[] events = IntStream.range(0, 200).mapToObj(i -> event(i % seconds)).toArray();
    Path file = Files.write(home.resolve("events.json.gz"), packed(events));
    StandIn.Answer full = StandIn.Answer.problem(400, "Too full", "Split.");
    StandIn.Answer tooFull =
        new StandIn.Answer(
            400, full.type(), full.body().replace("\"x\"", "\"period_too_full\""), Map.of());
    try (StandIn service = service(body -> isTooMuch(body) ? tooFull : StandIn.Answer.json(GOOD))) {
      Run.Result result = reconcile(Shell.any(), service, file, AT, AT.plusSeconds(5)).result();

      assertThat(result.exit()).as(result.err()).isEqualTo(exit);
      assertThat(result.err()).contains(unjudged);
    }
  }

  /** CloudTrail Lake's times have thousandths. Each part must get the events that are its own. */
  @Test
  void eventsWithThousandths_areSentWithThePartOfTheirTime() throws Exception {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Map<String, Object> event = Trail.refused(AT, ROLE, "admin");
      events.add(Trail.with(event, "eventTime", "2026-03-01 12:00:00.%03d".formatted(i * 5)));
    }
    Path file = Files.write(home.resolve("events.json.gz"), packed(events.toArray()));
    StandIn.Answer full = StandIn.Answer.problem(400, "Too full", "Split.");
    StandIn.Answer tooFull =
        new StandIn.Answer(
            400, full.type(), full.body().replace("\"x\"", "\"period_too_full\""), Map.of());
    List<String> judged = new ArrayList<>();
    try (StandIn service =
        service(
            body -> {
              if (isTooMuch(body)) {
                return tooFull;
              }
              judged.addAll(timesInPeriod(body));
              return StandIn.Answer.json(GOOD);
            })) {
      Run.Result result = reconcile(Shell.any(), service, file, AT, AT.plusSeconds(1)).result();

      assertThat(result.exit()).as(result.err()).isZero();
    }
    assertThat(judged).hasSize(200).doesNotHaveDuplicates();
  }

  /** As the service judges calls that no vend explains. */
  private static List<String> timesInPeriod(JsonObject body) {
    Instant since = Instant.parse(String.valueOf(body.members().get("since")));
    Instant until = Instant.parse(String.valueOf(body.members().get("until")));
    return ((List<?>) Objects.requireNonNull(body.members().get("events")))
        .stream()
            .map(event -> String.valueOf(((Map<?, ?>) event).get("eventTime")))
            .filter(
                time -> {
                  Instant at = Instant.parse(time.replace(' ', 'T') + "Z");
                  return !at.isBefore(since) && at.isBefore(until);
                })
            .toList();
  }

  @Test
  void serviceThatIsOlder_isSaid() throws Exception {
    try (StandIn service =
        service(body -> StandIn.Answer.json(GOOD.replace(Answers.VENDOR_ROLE + ",", "")))) {
      Run.Result result = reconcile(Shell.any(), service, twoDays(), AT, END).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("the service is older than this vend");
    }
  }
}

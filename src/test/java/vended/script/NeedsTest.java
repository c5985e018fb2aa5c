package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.Soak;

/** What the script can't work without is named, and nothing else is blamed. */
class NeedsTest {
  private static final String GRANT =
      "{\"caller\":\"arn:aws:iam::111122223333:role/Builder\",\"roleArn\":\"%s\",\"version\":1}"
          .formatted(Answers.ROLE);

  @TempDir Path home;

  /** A PATH of all programs but that one. */
  private Path without(String program) throws IOException {
    Path folder = Files.createDirectories(home.resolve("programs"));
    Files.deleteIfExists(folder.resolve(program));
    try (Stream<Path> programs = Files.list(Run.programs())) {
      for (Path link : programs.toList()) {
        Path copy = folder.resolve(link.getFileName());
        if (!link.getFileName().toString().equals(program) && !Files.isSymbolicLink(copy)) {
          Files.createSymbolicLink(copy, link.toRealPath());
        }
      }
    }
    return folder;
  }

  private static StandIn service() {
    return new StandIn(
        request ->
            switch (request.path()) {
              case "/credentials" -> StandIn.Answer.json(Answers.credentials());
              case "/grants/list" ->
                  StandIn.Answer.json(
                      request.body().contains("lines")
                          ? "{\"lines\":[\"{}\"],\"corrupt\":[\"x\"]}"
                          : "{\"grants\":[" + GRANT + "]}");
              case "/grants/apply" ->
                  StandIn.Answer.json(
                      "{\"results\":[" + GRANT.replace("{", "{\"action\":\"keep\",") + "]}");
              case "/audit/reconcile" ->
                  StandIn.Answer.json(
                      "{\"events\":1,\"records\":1,\"matched\":1,"
                          + Answers.VENDOR_ROLE
                          + ",\"complete\":true,\"findings\":[]}");
              case "/audit/query" ->
                  new StandIn.Answer(
                      200,
                      "application/jsonl",
                      "{\"vendId\":\"A1\",\"kind\":\"vend\"}\n",
                      Map.of());
              default ->
                  StandIn.Answer.json(
                      "{\"caller\":{\"arn\":\"a\",\"uniqueId\":\"b\",\"account\":\"c\"},\"grants\":[]}");
            });
  }

  private Run run(Shell shell, StandIn service, String command) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/credentials"),
        "[default]\naws_access_key_id = %s\naws_secret_access_key = s\n"
            .formatted(Answers.CALLER_ID));
    Files.writeString(home.resolve("grants.jsonl"), GRANT + "\n");
    Files.writeString(
        home.resolve("events.json"),
        "{\"eventName\":\"AssumeRole\",\"eventTime\":\"2026-01-01T01:00:00Z\"}");
    return Run.vend(shell, home, command.replace("ROLE", Answers.ROLE).split(" ", -1))
        .with("VEND_URL", service.url())
        .with("AWS_REGION", "eu-west-1")
        .with("TMPDIR", home.toString());
  }

  /** Each program is missing for one command, and for every one in the long run. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "credentials ROLE --cache | awk curl date find head id ln mkdir rm sha256sum tr",
        "profile ROLE --static | chmod cp grep ls mv readlink",
        "grant apply grants.jsonl --dry-run | cat cut od sort tail",
        "audit export --since 2026-01-01 --until 2026-01-02 --output PROGRAM"
            + " | gzip mkfifo sleep uname wc"
      })
  void programThatIsMissing_isNamedOrNotNeeded(String command, String programs) throws Exception {
    try (StandIn service = service()) {
      for (String program : Soak.ON ? Run.PROGRAMS : List.of(programs.split(" ", -1))) {
        Run.Result result =
            run(Shell.any(), service, command.replace("PROGRAM", program))
                .with("PATH", without(program).toString())
                .result();

        assertThat(result.err()).as(program).doesNotContain("not found");
        if (result.exit() == 1 && !result.err().contains("these rows")) {
          assertThat(result.err())
              .as(program)
              .containsPattern("vend: (%s is required|there is no %s)".formatted(program, program));
          assertThat(result.out()).as(program).isEmpty();
        } else if (command.endsWith("--cache") && result.err().contains("no cache")) {
          assertThat(result.err()).as(program).containsPattern("no cache: .*" + program);
        } else {
          assertThat(result.exit()).as("%s: %s", program, result.err()).isIn(0, 1);
        }
      }
    }
  }

  @Test
  void credentialsNeedFourProgramsBesidesCurl() throws Exception {
    Path few = Files.createDirectory(home.resolve("few"));
    for (String program : List.of("awk", "curl", "date", "head", "tr")) {
      Files.createSymbolicLink(few.resolve(program), Run.programs().resolve(program).toRealPath());
    }
    try (StandIn service = service()) {
      for (String command : List.of("credentials ROLE", "exec ROLE -- date", "version")) {
        Run.Result result =
            run(Shell.any(), service, command)
                .calling(service.url())
                .with("PATH", few.toString())
                .result();

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("not found");
      }
    }
  }

  /** Where one of the three that hash is named, any will do. */
  @Test
  void settingsListThem() throws Exception {
    Matcher sentence =
        Pattern.compile("Besides curl it needs ([^.]+)\\.")
            .matcher(Page.of("docs/settings.md").text().replaceAll("\\s+", " "));
    assertThat(sentence.find()).isTrue();
    List<String> listed = new ArrayList<>();
    Matcher program = Pattern.compile("`([a-z0-9]+)`").matcher(sentence.group(1));
    while (program.find()) {
      listed.add(program.group(1));
    }
    listed.add("curl");

    List<String> needed = new ArrayList<>(Run.PROGRAMS);
    needed.addAll(List.of("shasum", "openssl", "gunzip"));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(needed);
  }

  /** As curl 7.68 does with a config that it doesn't understand. */
  private Path oldCurl() throws IOException {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Programs.write(
        stubs.resolve("curl"),
        "case $* in *--version*) echo 'curl 7.68.0 (x86_64-pc-linux-gnu) libcurl/7.68.0' ;;"
            + " *) while read -r line; do :; done; exit 2 ;; esac");
    return stubs;
  }

  @InShells
  void oldCurl_isNamedWithItsVersionAndTheOneThatIsNeeded(Shell shell) throws Exception {
    Path stubs = oldCurl();
    try (StandIn service = service()) {
      for (String command :
          List.of("credentials ROLE", "grant export", "audit", "audit report --format json")) {
        Run.Result result = run(shell, service, command).programsIn(stubs).result();

        assertThat(result.exit()).as(command).isEqualTo(1);
        assertThat(result.err()).as(command).contains("this is curl 7.68.0", "7.75 or later");
        assertThat(result.err()).as(command).doesNotContain("larger");
      }
    }
  }

  @Test
  void oldCurl_isNotTakenForAnInstanceWithoutARole() throws Exception {
    Path stubs = oldCurl();
    try (StandIn service = service()) {
      Run run = run(Shell.any(), service, "credentials ROLE");
      Files.delete(home.resolve(".aws/credentials"));
      Run.Result result =
          run.programsIn(stubs)
              .without("AWS_EC2_METADATA_DISABLED")
              .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", service.url())
              .result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("this is curl 7.68.0");
    }
  }

  @InShells
  void curlThatIsKilled_isNeitherOldNorIsTheAnswerTooLarge(Shell shell) throws Exception {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Programs.write(
        stubs.resolve("curl"),
        "case $* in *--version*) echo 'curl 8.5.0 (x)' ;; *) kill -9 $$ ;; esac");
    try (StandIn service = service()) {
      for (String command : List.of("credentials ROLE", "audit")) {
        Run.Result result = run(shell, service, command).programsIn(stubs).result();

        assertThat(result.exit()).as(command).isEqualTo(1);
        assertThat(result.err()).as(command).contains("curl ended without a result");
        assertThat(result.err()).as(command).doesNotContain("larger", "7.75");
      }
    }
  }

  @InShells
  void answerThatIsTooLarge_isThatAndNothingElse(Shell shell) {
    byte[] large = new byte[10_000_000];
    Arrays.fill(large, (byte) ' ');
    try (RawServer service =
        new RawServer(
            (socket, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
              out.write(large);
            })) {
      Run.Result result =
          Run.vend(shell, home, "credentials", Answers.ROLE).calling(service.url()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("larger than 1048576 bytes").doesNotContain("7.75");
    }
  }
}

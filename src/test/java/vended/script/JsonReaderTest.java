package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;

/** The reader of JSON is awk's, and awks differ; seen through what the script prints. */
class JsonReaderTest {
  @TempDir Path home;

  /** The awks of this machine, each as a command. */
  static Stream<String> awks() {
    return Stream.of("mawk", "gawk", "busybox awk", "original-awk")
        .filter(
            awk -> {
              boolean here = Shell.find(awk.replace(" awk", "")).isPresent();
              if (!here) {
                System.out.println("skipped, not on this machine: " + awk);
              }
              return here;
            });
  }

  static Stream<Arguments> texts() {
    return awks()
        .flatMap(
            awk ->
                Map.of(
                        "plain",
                        "plain",
                        "\\u0041\\u00e9\\u20ac\\ud83d\\ude00",
                        "Aé€😀",
                        "raw é€😀 \\\"\\\\\\/",
                        "raw é€😀 \"\\/",
                        "\\ud83d alone, \\udc00 alone",
                        "? alone, ? alone",
                        "\\u0000\\u001b\\u007f\\u009b\\u202e\\u200b\\ufeff\\u061c",
                        "????????",
                        "\\t\\n\\r\\b\\f",
                        "   ??",
                        "& \\\\& %s $1 = /x",
                        "& \\& %s $1 = /x",
                        "x".repeat(580),
                        "x".repeat(580))
                    .entrySet()
                    .stream()
                    .map(text -> Arguments.of(awk, text.getKey(), text.getValue())));
  }

  private Run run(String awk, String url) throws Exception {
    Path folder = Files.createDirectories(home.resolve("awk"));
    Optional<Path> program = Shell.find(awk.replace(" awk", ""));
    Programs.write(
        folder.resolve("awk"),
        "exec " + program.orElseThrow() + (awk.endsWith(" awk") ? " awk" : "") + " \"$@\"");
    return Run.vend(Shell.any(), home, "credentials", Answers.ROLE).calling(url).programsIn(folder);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_isDecodedWithoutWhatCouldHarmATerminal(String awk, String json, String text)
      throws Exception {
    try (StandIn service =
        new StandIn(
            request ->
                new StandIn.Answer(
                    400,
                    "application/problem+json",
                    "{\"title\":\"T\",\"detail\":\"" + json + "\"}",
                    Map.of()))) {
      assertThat(run(awk, service.url()).result().err())
          .isEqualTo("vend: T (HTTP 400)\nvend:   " + text + "\n");
    }
  }

  /** A lone 0x9b begins a command in some terminals. */
  @ParameterizedTest
  @MethodSource("awks")
  void bytesThatAreNoUtf8_areReplaced(String awk) throws Exception {
    String bytes =
        "a\u009bb \u00c3\u00a9 \u00e2\u0082 \u00c0\u00af \u00ed\u00a0\u0080"
            + " \u00f0\u009f\u0098\u0080 \u00f5";
    byte[] body =
        ("{\"title\":\"T\",\"detail\":\"" + bytes + "x".repeat(511) + "\u00c3\u00a9\u009b\"}")
            .getBytes(StandardCharsets.ISO_8859_1);
    try (RawServer service =
        new RawServer(
            (socket, out) -> {
              out.write(RawServer.head("400 Bad", "application/problem+json", body.length));
              out.write(body);
            })) {
      assertThat(run(awk, service.url()).result().err())
          .isEqualTo("vend: T (HTTP 400)\nvend:   a?b é ?? ?? ??? 😀 ?" + "x".repeat(511) + "é?\n");
    }
  }

  @ParameterizedTest
  @MethodSource("awks")
  void everyAwk_writesAndReadsTheWholeOfIt(String awk) throws Exception {
    try (StandIn service = StandIn.vending()) {
      var result =
          run(awk, service.url())
              .with("GITHUB_ACTIONS", "true")
              .with("GITHUB_SHA", "a\"\\&b")
              .result();

      assertThat(result.out()).contains(Answers.ISSUED_TOKEN);
      assertThat(service.requests.getFirst().body()).contains("\"commit\":\"a\\\"\\\\&b\"");
      assertThat(service.requests.getFirst().header("X-Amz-Security-Token"))
          .isEqualTo(Answers.CALLER_TOKEN);
    }
  }

  @ParameterizedTest
  @MethodSource("awks")
  void largeAnswer_isReadInReasonableTime(String awk) throws Exception {
    String many = "{\"a\":[" + "\"x\\ny\",".repeat(Soak.count(5_000, 30_000)) + "1]}";
    try (StandIn service =
        new StandIn(
            request -> new StandIn.Answer(400, "application/problem+json", many, Map.of()))) {
      // Takes a second or two. Run gives up after two minutes; less would fail on a busy machine.
      var result = run(awk, service.url()).result();

      assertThat(result.err()).contains("the service refused (HTTP 400)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[01]",
        "[+1]",
        "[1.]",
        "[.5]",
        "[1e]",
        "[NaN]",
        "[tru]",
        "[\"\\x\"]",
        "[\"\\u12g4\"]",
        "[\"",
        "[1 2]",
        "[1}",
        "{\"a\"}",
        "{\"a\":1 \"b\":2}",
        "nul",
        "[1]]",
        "// c",
        "\"a\tb\"",
      })
  void whatIsNotJson_isNotRead(String json) {
    var result =
        Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--dry-run", "--policy", "-")
            .calling("https://vend.example.com")
            .input("{\"a\":" + json + "}")
            .result();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("the policy is not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0",
        "-0.5e+10",
        "[]",
        "{}",
        "[[],{},null,true,false]",
        "{\"\":{\"a/b~=\":\"\\u00e9\"}}"
      })
  void whatIsJson_isKeptAsItIs(String json) {
    var result =
        Run.vend(Shell.any(), home, "credentials", Answers.ROLE, "--dry-run", "--policy", "-")
            .calling("https://vend.example.com")
            .input(" { \"a\" :\n" + json + "\t}\r\n")
            .result();

    assertThat(result.out())
        .contains(
            "\"policy\":\"{\\\"a\\\":" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "}\"");
  }
}

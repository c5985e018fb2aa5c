package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.json.Json;
import vended.local.SignedClient;
import vended.local.TestStack;

/** {@code vend grant lint} says without the service what the service would say. */
class GrantLintTest {
  private static final Pattern LINE = Pattern.compile("grants\\.jsonl:(\\d+): ");

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  @AutoClose
  private final SignedClient client =
      SHARED.stack().caller(SHARED.stack().people().administrator());

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private static Set<Integer> named(String text) {
    Set<Integer> lines = new TreeSet<>();
    for (Matcher line = LINE.matcher(text); line.find(); ) {
      lines.add(Integer.parseInt(line.group(1)));
    }
    return lines;
  }

  static Stream<Shell> shells() {
    return Shell.matrix(GrantLintTest.class);
  }

  private Run.Result lint(Shell shell, String text) throws Exception {
    Path file = Files.writeString(home.resolve("grants.jsonl"), text);
    return Run.vend(shell, home, "grant", "lint", file.toString()).result();
  }

  private boolean isRefused(String... lines) throws Exception {
    String body = Json.write(Map.of("lines", List.of(lines), "plan", true));
    int status = client.post("/grants/apply", body).statusCode();
    assertThat(status).isIn(200, 400);
    return status == 400;
  }

  /** A comment and a blank line have numbers too. */
  @ParameterizedTest
  @MethodSource("shells")
  void verdicts_areThoseOfTheService(Shell shell) throws Exception {
    List<String> lines = new GrantLines().all();
    Set<Integer> refused = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (isRefused(lines.get(i))) {
        refused.add(i + 3);
      }
    }
    Run.Result result = lint(shell, "# grants\n\n" + String.join("\n", lines) + "\n");

    assertThat(refused).hasSizeBetween(60, lines.size() - 25);
    assertThat(named(result.out())).as(result.out()).isEqualTo(refused);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).isEmpty();
  }

  /** A role is the same with and without its path. */
  @Test
  void grantThatIsThereTwice_isRefusedByBoth() throws Exception {
    String first = GrantLines.key("arn:aws:iam::111122223333:role/twice", GrantLines.ROLE);
    String second = GrantLines.key("arn:aws:iam::111122223333:role/path/twice", GrantLines.ROLE);

    assertThat(isRefused(first, second)).isTrue();
    assertThat(lint(Shell.any(), first + "\n" + second).out())
        .endsWith("grants.jsonl:2: has the same caller and role as line 1\n");
  }

  @Test
  void fileThatIsFine_printsNothing() throws Exception {
    String line = GrantLines.key("arn:aws:iam::111122223333:role/a", GrantLines.ROLE);
    Run.Result result = lint(Shell.any(), line + "\r\n# end");

    assertThat(result.out() + result.err()).isEmpty();
    assertThat(result.exit()).isZero();
  }

  @Test
  void fileWithoutGrants_controlCharactersAndOtherEncodings_areFaults() throws Exception {
    Path file = home.resolve("g");
    for (byte[] bytes :
        List.of(
            new byte[0],
            "{}\u001b\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {'"', (byte) 0xe9})) {
      Files.write(file, bytes);
      Run.Result result = Run.vend(Shell.any(), home, "grant", "lint", file.toString()).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).startsWith(file + ":").doesNotContain("\u001b");
    }
  }
}

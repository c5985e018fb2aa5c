package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import vended.json.JsonObject;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;

/** {@code vend client letter}: docs/clients.md with a client's values, whose commands work. */
class LetterTest {
  private static final String ACCOUNT = "555566667777";
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/eu/deploy+1";
  private static final String VENDOR = "arn:aws:iam::111122223333:role/vended-vendor";

  private static final Functions LINKED =
      (environment, clock) -> {
        Map<String, String> with = new HashMap<>(environment);
        with.put("CLIENT_TEMPLATE_URL", "https://b.s3.amazonaws.com/client-role.yaml?versionId=1");
        return Functions.ofService(TestStack.PATIENT).start(with, clock);
      };

  @RegisterExtension static final TestStack OWN = TestStack.of(Options.of(LINKED));

  private static final LocalStack stack = OWN.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(LetterTest.class);
  }

  private Run.Result admin(Shell shell, String... arguments) {
    return new ScriptOnStack(stack, home).done(shell, arguments);
  }

  private String letter(Shell shell, String name) {
    admin(shell, "client", "put", ACCOUNT, "--name", name, "--role", ROLE);
    return admin(shell, "client", "letter", ACCOUNT).out();
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  /** The page as a reader would fill it in. */
  private static String filledIn(String name, String letter) {
    String link = found("(https://console\\.aws\\.amazon\\.com/\\S+)", letter);
    return Page.of("docs/clients.md")
        .text()
        .replaceFirst("<!--.*-->\n", "")
        .replace("CLIENT_ACCOUNT", ACCOUNT)
        .replace("VENDOR_ROLE_ARN", VENDOR)
        .replace("VENDOR_ACCOUNT", "111122223333")
        .replace("VENDOR_REGION", LocalStack.REGION)
        .replace("ROLE_ARN", ROLE)
        .replace("ROLE_NAME", "deploy+1")
        .replace("ROLE_PATH", "/vended/eu/")
        .replace("STACK_NAME", found("--stack-name (vended-role-[0-9a-f]{8}) ", letter))
        .replace("EXTERNAL_ID", found("ExternalId=([0-9a-f]{32})", letter))
        .replace("QUICK_CREATE_LINK", link)
        .replace("CLIENT_NAME", name);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theLetterIsThePage(Shell shell) {
    String letter = letter(shell, "Example Client");

    assertThat(letter).isEqualTo(filledIn("`Example Client`", letter));
    String link = found("Create stack\\*: (\\S+)\n", letter);
    assertThat(link)
        .contains("param_ExternalId=" + found("ExternalId=([0-9a-f]{32})", letter))
        .endsWith("&param_RoleName=deploy%2B1&param_RolePath=%2Fvended%2Feu%2F");
  }

  /** Nothing of it is markup, ends the code span, or is filled in again. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "EXTERNAL_ID](https://evil.example) <b>, `EXTERNAL_ID](https://evil.example) <b>`",
        "a`` ``` b, ````a`` ``` b````",
        "`x`, `` `x` ``",
        "$(touch \\1&), `$(touch \\1&)`"
      })
  void aNameIsData(String name, String shown) {
    String letter = letter(Shell.any(), name);

    assertThat(letter).startsWith("# The vendor's access").contains("\nFor " + shown + ", account");
    assertThat(letter).isEqualTo(filledIn(shown, letter));
  }

  /** What a client runs, with the AWS CLI that notes its arguments. */
  private List<String> commands(Shell shell, String letter) throws Exception {
    Path programs = Files.createDirectories(home.resolve("programs"));
    Path noted = home.resolve("noted");
    Programs.write(
        programs.resolve("aws"), "for a; do printf '%s\\n' \"$a\"; done >>'" + noted + "'");
    for (Page.Block block : new Page("letter", letter).blocks("sh")) {
      Path file = home.resolve("block.sh");
      Files.writeString(file, "set -eu\n" + block.text());
      Run.Result result = Run.vend(shell, home).script(file).programsIn(programs).result();
      assertThat(result.exit()).as("%s%s", block.text(), result.err()).isZero();
    }
    return Files.readAllLines(noted);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theCommandsTellAwsWhatTheySay(Shell shell) throws Exception {
    String letter = letter(shell, "Example Client");

    List<String> noted = commands(shell, letter);

    assertThat(noted)
        .containsSubsequence("deploy", "VendorRoleArn=" + VENDOR, "RoleName=deploy+1")
        .containsSubsequence("deploy", "RolePath=/vended/eu/", "lookup-events", "put-role-policy")
        .contains("Events[?contains(CloudTrailEvent, `" + ROLE + "`)].CloudTrailEvent");
    String template = Files.readString(Path.of("client-role.yaml"));
    noted.stream()
        .filter(argument -> argument.matches("[A-Z]\\w+=.*") && !argument.startsWith("Attribute"))
        .forEach(
            parameter -> assertThat(template).contains("\n  " + parameter.replaceFirst("=.*", "")));
    noted.stream().filter(argument -> argument.startsWith("{")).forEach(LetterTest::read);
  }

  private static JsonObject read(String json) {
    assertThat(JsonObject.read(json)).as(json).isInstanceOf(JsonObject.Read.class);
    return ((JsonObject.Read) JsonObject.read(json)).object();
  }

  @Test
  void aRoleWithTheHardenedTrustPolicyPasses() {
    String letter = letter(Shell.any(), "Example Client");
    List<String> policies =
        new Page("letter", letter).blocks("json").stream().map(Page.Block::text).toList();
    policies.forEach(LetterTest::read);
    stack.sts().addRole(ROLE, policies.getLast(), Duration.ofHours(1));

    Run.Result verified = admin(Shell.any(), "client", "verify", ACCOUNT, "--wait", "0");

    assertThat(verified.out()).isEqualTo(ROLE + " verified\n");
    assertThat(verified.err()).doesNotContain("does not allow");
  }

  @Test
  void aLetterIsAboutOneRole() {
    letter(Shell.any(), "Example Client");
    admin(Shell.any(), "client", "put", ACCOUNT, "--role", ROLE + "2");

    assertThat(admin(Shell.any(), "client", "letter", ACCOUNT).err())
        .contains("the letter is about " + ROLE + "; the client has more roles: --role ROLE_ARN");
    assertThat(admin(Shell.any(), "client", "letter", ACCOUNT, "--role", ROLE + "2").out())
        .contains("RoleName=deploy+12 ");
    Run.Result unknown =
        new ScriptOnStack(stack, home)
            .admin(Shell.any(), "client", "letter", ACCOUNT, "--role", ROLE + "3")
            .result();
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("client 555566667777 has no role " + ROLE + "3");
  }
}

package vended.script;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.json.JsonObject;
import vended.local.Functions;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.People;
import vended.local.TestStack;
import vended.report.make.ReportLimits;

/**
 * Runs every command of the pages that people copy from, in the order of the page, on the local
 * stack. Only Maven and the programs of others (aws, sam, git) are stand-ins. The blocks that query
 * the audit table are left to {@link AskTheAuditTest}, which knows what they find.
 */
class DocumentedCommandsTest {
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/vended-deploy";

  /** Who runs a section's commands. A section with commands that is not here is red. */
  private static final Map<String, Function<People, Keys.Key>> CALLERS =
      Map.ofEntries(
          Map.entry("README.md: Try it: two commands", People::pipeline),
          Map.entry("README.md: Deploy (vendor)", People::pipeline),
          Map.entry("README.md: Let a client in (administrator)", People::administrator),
          Map.entry("README.md: Call it (pipeline)", People::session),
          Map.entry("README.md: Ask the audit (auditor)", People::auditor),
          Map.entry("README.md: Look, and close the door (client)", People::client),
          Map.entry("docs/api.md: Requests", People::session),
          Map.entry("docs/api.md: Callers", People::session),
          Map.entry("docs/api.md: Administrators", People::administrator),
          Map.entry("docs/api.md: Administrators and auditors", People::auditor),
          Map.entry("docs/api.md: Clients", People::client));

  @RegisterExtension
  static final TestStack OWN =
      TestStack.of(
          Options.of(
              Functions.ofService(duration -> {}, TestStack.PATIENT, ReportLimits.ofFunction())));

  private static final LocalStack stack = OWN.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private static Keys.Key caller(Page page, Page.Block block) {
    String section = page.name() + ": " + block.section();
    Function<People, Keys.Key> caller =
        page.name().equals("docs/audit.md") ? People::auditor : CALLERS.get(section);
    return requireNonNull(caller, () -> "who runs the commands of " + section)
        .apply(stack.people());
  }

  /** What blocks printed, by their first lines. */
  private record Outputs(Map<String, String> outputs) {
    String of(String firstLine) {
      return requireNonNull(outputs.get(firstLine), firstLine);
    }
  }

  /** Runs a page's blocks one after the other. */
  private Outputs run(String name, String roleArn) throws Exception {
    Page page = Page.of(name);
    Map<String, String> outputs = new HashMap<>();
    String before = "";
    String externalId = "";
    for (Page.Block block : page.blocks("sh")) {
      if (block.text().contains("aws dynamodb")) {
        continue;
      }
      if (block.text().startsWith("vend client put")) {
        // From nothing.
        stack.tables().empty();
      }
      Run.Result result =
          run(
              Shell.any(),
              caller(page, block),
              roleArn,
              before + filledIn(block.text(), externalId));

      assertThat(result.exit()).as("%s%n%s%s", block.text(), result.out(), result.err()).isZero();
      // What curl ends well with, too.
      assertThat(result.out()).as(block.text()).doesNotContain("\"retryable\":");
      assertThat(outputs.put(block.firstLine(), result.out())).as(block.firstLine()).isNull();
      if (block.text().startsWith("post() {")) {
        before = found("(?s)(post\\(\\) \\{.*?\n}\n)", block.text());
      } else if (block.text().startsWith(". target/local.env\n")) {
        before = ". ./target/local.env\n";
      } else if (block.text().startsWith("./mvnw")) {
        before = "";
      } else if (block.text().startsWith("vend client put")) {
        externalId = found("(?m)^ExternalId=([0-9a-f]{32})$", result.out());
      } else if (block.text().startsWith("aws cloudformation")) {
        makeRole(found("(?m)^VendorRoleArn=(.+)$", result.out()), externalId);
      }
    }
    return new Outputs(outputs);
  }

  /** What a page leaves out because it is different for everybody. */
  private static String filledIn(String block, String externalId) {
    String callerId = stack.people().session().principal().userId().replaceFirst(":.*", "");
    return block
        .replace("--caller-id AROA…", "--caller-id " + callerId)
        .replace("ExternalId=…", "ExternalId=" + externalId)
        .replace("https://tools.example.com/vend-0.1.0", Run.VEND.toUri().toString())
        .replace("--proto '=https'", "--proto '=file'")
        .replace("SHA256=…", "SHA256=$(sha256sum '%s' | cut -c 1-64)".formatted(Run.VEND));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  /** As client-role.yaml makes it. */
  private static void makeRole(String vendor, String externalId) {
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
           "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}},
          {"Effect": "Allow", "Principal": {"AWS": "%s"},
           "Action": ["sts:SetSourceIdentity", "sts:TagSession"]}]}
        """
            .formatted(vendor, externalId, vendor);
    stack.sts().addRole(ROLE, trust, Duration.ofHours(1));
  }

  private Run.Result run(Shell shell, Keys.Key caller, String roleArn, String text)
      throws IOException {
    Path file = home.resolve("example.sh");
    // Pages show no error handling; here the first command that fails is the test's failure.
    Files.writeString(file, "set -eu\n" + text);
    return Run.vend(shell, home)
        .script(file)
        .with("VEND_URL", stack.url().toString())
        .with("AWS_REGION", LocalStack.REGION)
        .with("ROLE_ARN", roleArn)
        .with("AWS_ACCESS_KEY_ID", caller.id())
        .with("AWS_SECRET_ACCESS_KEY", caller.secret())
        .with("AWS_SESSION_TOKEN", caller.token().orElse(""))
        .programsIn(DocumentedHome.programs(home, stack))
        .result();
  }

  private static Set<String> members(String json) {
    assertThat(JsonObject.read(json)).as(json).isInstanceOf(JsonObject.Read.class);
    return ((JsonObject.Read) JsonObject.read(json)).object().members().keySet();
  }

  private static Set<String> sample(String page, String begin) {
    return Page.of(page).blocks("json").stream()
        .map(Page.Block::text)
        .filter(block -> block.replaceAll("\\s", "").startsWith(begin))
        .map(DocumentedCommandsTest::members)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readme() throws Exception {
    Outputs outputs = run("README.md", ROLE);

    String first = outputs.of(". target/local.env").lines().findFirst().orElseThrow();
    assertThat(members(first)).isEqualTo(sample("README.md", "{\"Version\""));
    assertThat(outputs.of("vend exec \"$ROLE_ARN\" -- git push codecommit main"))
        .contains("\"AccountId\":\"444455556666\"");
    assertThat(home.resolve(".aws/config")).content().contains("[profile client]");
    assertThat(home.resolve("grants.jsonl")).content().contains("role/Deployer");
    assertThat(home.resolve("report.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(home.resolve("vended-audit-20260131T000000Z-20260201T000000Z.manifest.json"))
        .content()
        .contains("\"count\":0");
  }

  @Test
  void api() throws Exception {
    Outputs outputs = run("docs/api.md", stack.demonstration().roleArn());

    assertThat(members(outputs.of("post() {"))).isEqualTo(sample("docs/api.md", "{\"Version\""));
    assertThat(outputs.of("post /roles '{}'"))
        .contains("\"grants\":[{\"roleArn\":\"" + stack.demonstration().roleArn());
    assertThat(outputs.of("# As an administrator."))
        .contains(
            "{\"table\":\"ACCOUNT ", "\"client\":{\"account\":\"444455556666\"", "role/Deployer");
  }

  @Test
  void audit() throws Exception {
    run("docs/audit.md", ROLE);

    assertThat(home.resolve("report.html")).content().startsWith("<!DOCTYPE html>");
  }

  static Stream<Shell> shells() {
    return Shell.matrix(DocumentedCommandsTest.class);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void plainCurlWorksInEveryShell_WithAndWithoutAToken(Shell shell) throws Exception {
    String block = Page.of("docs/api.md").shell("post() {");
    for (Keys.Key caller : List.of(stack.people().pipeline(), stack.people().session())) {
      assertThat(run(shell, caller, stack.demonstration().roleArn(), block).out())
          .contains("\"Version\":1", "\"AssumedRoleArn\"");
    }
  }

  @Test
  void refusal_IsOfTheFormThatIsShown() throws Exception {
    String block = Page.of("docs/api.md").shell("post() {");
    Run.Result result = run(Shell.any(), stack.people().pipeline(), ROLE, block);

    assertThat(members(result.out())).isEqualTo(sample("docs/api.md", "{\"type\""));
    assertThat(result.out()).contains("\"code\":\"forbidden\"");
  }
}

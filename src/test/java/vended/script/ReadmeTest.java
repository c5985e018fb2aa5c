package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.local.Functions;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Options;

/** The README's commands, as they stand there: a client's way in, and plain curl. */
class ReadmeTest {
  @SuppressWarnings("NullAway.Init")
  private static LocalStack stack;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @BeforeAll
  static void start() throws IOException {
    stack = LocalStack.start(Options.of(Functions.ofService()));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  static Stream<Shell> shells() {
    return Shell.evenBash();
  }

  /** The block of shell that begins so. */
  private static String block(String begin) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```sh\n" + begin) + "```sh\n".length();
    assertThat(start).as(begin).isGreaterThan("```sh\n".length());
    return readme.substring(start, readme.indexOf("```", start));
  }

  private Run.Result run(Shell shell, Keys.Key caller, String text) throws Exception {
    Path file = home.resolve("example.sh");
    Files.writeString(file, text);
    Path programs = Files.createDirectories(home.resolve("programs"));
    for (String part : List.of("vend", "vend-admin", "vend-audit")) {
      Path copy = programs.resolve(part);
      Files.copy(
          Run.VEND.resolveSibling(part),
          copy,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    Run run =
        Run.vend(shell, home)
            .script(file)
            .with("VEND_URL", stack.url().toString())
            .with("AWS_REGION", LocalStack.REGION)
            .with("ROLE_ARN", stack.demonstration().roleArn())
            .with("NEW_ACCOUNT", stack.newClient().account())
            .with("NEW_ROLE_ARN", stack.newClient().roleArn())
            .with("NEW_EXTERNAL_ID", stack.newClient().externalId())
            .with("ADMIN_ACCESS_KEY_ID", stack.people().administrator().id())
            .with("ADMIN_SECRET_ACCESS_KEY", stack.people().administrator().secret())
            .with("AWS_ACCESS_KEY_ID", caller.id())
            .with("AWS_SECRET_ACCESS_KEY", caller.secret())
            .with("AWS_SESSION_TOKEN", caller.token().orElse(""));
    return run.programsIn(programs).result();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aPipelineGetsCredentials(Shell shell) throws Exception {
    stack.reset();
    for (Keys.Key caller : new Keys.Key[] {stack.people().pipeline(), stack.people().session()}) {
      assertThat(run(shell, caller, block("post() {")).out())
          .contains("\"Version\":1", "\"AssumedRoleArn\"");
    }
  }

  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/vended-deploy";

  /** The client makes its role with what it was told. */
  private static void makeRole(String printed) {
    Matcher externalId = Pattern.compile("(?m)^ExternalId=([0-9a-f]{32})$").matcher(printed);
    Matcher vendor = Pattern.compile("(?m)^VendorRoleArn=(\\S+)$").matcher(printed);
    assertThat(externalId.find() && vendor.find()).as(printed).isTrue();
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
           "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}},
          {"Effect": "Allow", "Principal": {"AWS": "%s"},
           "Action": ["sts:SetSourceIdentity", "sts:TagSession"]}]}
        """
            .formatted(vendor.group(1), externalId.group(1), vendor.group(1));
    stack.sts().addRole(ROLE, trust, Duration.ofHours(1));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void threeCommandsLeadFromNothingToAFirstVend(Shell shell) throws Exception {
    stack.tables().empty();
    Keys.Key administrator = stack.people().administrator();
    Keys.Key pipeline = stack.people().session();

    Run.Result put = run(shell, administrator, block("vend client put"));
    assertThat(put.exit()).as(put.err()).isZero();
    makeRole(put.out());
    Run.Result verify = run(shell, administrator, block("vend client verify"));
    assertThat(verify.exit()).as(verify.err()).isZero();
    String callerId = pipeline.principal().userId().replaceFirst(":.*", "");
    Run.Result grant =
        run(shell, administrator, block("vend grant put").replace("AROA…", callerId));
    assertThat(grant.exit()).as(grant.err()).isZero();

    Run.Result vend = run(shell, pipeline, "vend credentials " + ROLE);
    assertThat(vend.exit()).as(vend.err()).isZero();
    assertThat(vend.out()).contains("\"AccountId\":\"444455556666\"");
  }

  /** The blocks of "Try it" in one shell, one after the other, with the file that they read. */
  @Test
  void everyIdentityOfTheLaptopIsTakenAndLeftAsItIsWritten() throws Exception {
    stack.reset();
    Path env = Files.createDirectories(home.resolve("target")).resolve("local.env");
    stack.writeEnvironment(env);
    String text =
        (block("export AWS_ACCESS_KEY_ID=$ADMIN")
                + block("export AWS_ACCESS_KEY_ID=$SESSION")
                + block("export AWS_ACCESS_KEY_ID=$AUDITOR"))
            .replace("bin/vend", "vend")
            .replace(". target/local.env", ". ./target/local.env");

    Run.Result result =
        run(
            Shell.any(),
            stack.people().pipeline(),
            "set -eu\n. ./target/local.env\n" + text + "vend whoami\n");

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("1 added");
    assertThat(result.out())
        .contains("\"AccountId\":\"" + stack.newClient().account() + "\"")
        .contains("user/pipelines/demo-pipeline\n");
  }

  @Test
  void whatIsTriedOnALaptopWorks() throws Exception {
    stack.reset();
    Keys.Key administrator = stack.people().administrator();
    String text = block("export AWS_ACCESS_KEY_ID=").replace("bin/vend", "vend");

    Run.Result result = run(Shell.any(), administrator, text);

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("1 added");
  }

  @Test
  void auditorsAskAsItIsWritten() throws Exception {
    stack.reset();
    run(Shell.any(), stack.people().pipeline(), block("post() {"));

    Run.Result result = run(Shell.any(), stack.people().auditor(), block("vend audit  "));

    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Files.readString(home.resolve("report.html"))).startsWith("<!DOCTYPE html>");
    assertThat(home.resolve("vended-audit-20260101T000000Z-20260201T000000Z.manifest.json"))
        .content()
        .contains("\"count\":0");
  }
}

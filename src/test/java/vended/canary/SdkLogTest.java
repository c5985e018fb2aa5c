package vended.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.TestStack;

/**
 * What the libraries would log if the jar had a logging backend. It has none: {@code PackagedJarIT}
 * checks that. Which loggers would show secrets is in docs/security.md.
 */
@EnabledIfSystemProperty(named = "canary.full", matches = "true")
class SdkLogTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @Test
  void ofAllLoggersOnlyTheseShowSecrets() throws Exception {
    Canaries canaries = new Canaries();
    canaries.plant("the vendor role's key", stack.people().vendor().secret());
    canaries.plant("the vendor role's token", stack.people().vendor().token().orElseThrow());
    canaries.plant("an ExternalId", stack.demonstration().externalId());
    stack
        .sts()
        .onIssue(
            (asked, issued) -> {
              canaries.plant("an issued key", String.valueOf(issued.secretAccessKey()));
              canaries.plant("an issued token", String.valueOf(issued.sessionToken()));
            });
    grant();

    List<String> lines = vend().lines().toList();
    lines.forEach(line -> canaries.search(line.replaceFirst(" .*", ""), line));
    Set<String> loggers = new TreeSet<>();
    canaries.hits().forEach(hit -> loggers.add(hit.replaceFirst(".* in ", "")));
    System.out.print(canaries.figures("SDK's log").replaceFirst("hits", "lines with secrets"));
    System.out.println("SDK's log: loggers " + loggers);

    assertThat(lines).contains("status 200");
    assertThat(loggers)
        .containsExactlyInAnyOrder(
            "org.apache.hc.client5.http.headers",
            "org.apache.hc.client5.http.wire",
            "software.amazon.awssdk.http.auth.aws.internal.signer.DefaultV4RequestSigner");
  }

  private static void grant() {
    var grant =
        AllowListRows.grant(
            "arn:aws:iam::111122223333:role/Deployer",
            "AROAEXAMPLEDEPLOYER1",
            stack.demonstration().roleArn(),
            Instant.now());
    stack.tables().put(stack.allowListTable(), List.of(grant));
  }

  private static String vend() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.provider=" + Everything.class.getName(),
            "-cp",
            System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path", "")),
            LoggedVend.class.getName());
    builder.environment().clear();
    builder.environment().putAll(stack.environment());
    Process process = builder.redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}

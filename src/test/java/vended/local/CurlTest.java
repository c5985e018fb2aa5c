package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures by curl, a signer that shares nothing with the AWS SDK. */
class CurlTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Principal SESSION =
      Principal.session("arn:aws:iam::111122223333:role/Deployer", "AROAEXAMPLE", "build-42");

  private final Keys keys = new Keys();
  private final Keys.Key session = keys.issue(SESSION, CLOCK.instant().plusSeconds(600));
  private final LoopbackServer server;

  CurlTest() throws IOException {
    SigV4 verifier = new SigV4("execute-api", "eu-central-1", CLOCK, keys);
    server =
        new LoopbackServer(
            0,
            1 << 20,
            (request, tooLarge, sourceIp) -> {
              int status = verifier.verify(request) instanceof SigV4.Verified ? 200 : 403;
              return new LoopbackServer.Answer(
                  status, Map.of(), new LoopbackServer.Content(new byte[0]));
            });
  }

  @BeforeAll
  static void needsCurl() throws Exception {
    String version = "";
    try {
      version = run("", "curl", "--version");
    } catch (IOException e) {
      System.err.println("Skipped: no curl here");
    }
    Matcher found = Pattern.compile("^curl (\\d+)\\.(\\d+)").matcher(version);
    boolean recent =
        found.find()
            && Integer.parseInt(found.group(1)) * 1000 + Integer.parseInt(found.group(2)) >= 7075;
    assumeTrue(recent, "curl 7.75 or later signs");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void curlsSignature_IsVerified() throws Exception {
    assertThat(curl("eu-central-1", session.token().orElseThrow(), session.secret()))
        .isEqualTo("200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"region", "token", "secret"})
  void curlsSignature_WithOneThingWrong_IsRefused(String what) throws Exception {
    String status =
        curl(
            what.equals("region") ? "us-east-1" : "eu-central-1",
            session.token().orElseThrow() + (what.equals("token") ? "A" : ""),
            session.secret() + (what.equals("secret") ? "A" : ""));

    assertThat(status).isEqualTo("403");
  }

  private String curl(String region, String token, String secret) throws Exception {
    // Secrets by a configuration on stdin: arguments are for all to see.
    String config =
        """
        user = "%s:%s"
        header = "x-amz-security-token: %s"
        """
            .formatted(session.id(), secret, token);
    return run(
        config,
        "curl",
        "--silent",
        "--output",
        "-",
        "--write-out",
        "%{http_code}",
        "--config",
        "-",
        "--aws-sigv4",
        "aws:amz:" + region + ":execute-api",
        "--header",
        "content-type: application/json",
        "--data-binary",
        "{\"roleArn\":\"x\"}",
        server.url() + "/credentials");
  }

  private static String run(String input, String... command) throws Exception {
    List<String> line = new ArrayList<>(List.of(command));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out = process.getOutputStream()) {
      out.write(input.getBytes(UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}

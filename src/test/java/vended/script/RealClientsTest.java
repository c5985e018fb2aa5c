package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import vended.InSoak;

/** The profile that the script writes, read and run by those who will: SDKs and the AWS CLI. */
class RealClientsTest {
  static final String IDENTITY =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
      <Arn>%s</Arn><UserId>AROAX:s</UserId><Account>444455556666</Account></GetCallerIdentityResult>
      <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>\
      """
          .formatted(Answers.ASSUMED);

  @TempDir Path home;

  private static StandIn sts() {
    return new StandIn(request -> new StandIn.Answer(200, "text/xml", IDENTITY, Map.of()));
  }

  private static StandIn vending(Duration left) {
    return new StandIn(request -> StandIn.Answer.json(Answers.credentials(left)));
  }

  private void makeProfile(StandIn service) {
    var result =
        Run.vend(Shell.any(), home, "profile", Answers.ROLE, "--region", "eu-north-1")
            .calling(service.url())
            .result();
    assertThat(result.exit()).isZero();
  }

  /** Runs a client with the machine's own PATH, and the keys of the caller in reach of vend. */
  private String client(Map<String, String> more, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("client.out").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("VEND_"));
    // The version managers that some put before python and aws look for their own home.
    environment.putIfAbsent("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv");
    environment.put("HOME", home.toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.putAll(more);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(home.resolve("client.out"));
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  /** A caller whose keys come from a container endpoint: keys in the environment would win. */
  private static Map<String, String> asContainer(StandIn container, StandIn sts) {
    return Map.of(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        container.url() + "/creds",
        "AWS_ENDPOINT_URL_STS",
        sts.url(),
        "AWS_PROFILE",
        "client");
  }

  private static StandIn container() {
    return new StandIn(
        request ->
            StandIn.Answer.json(CallerTest.metadata("ASIACONTAINER0000000", Duration.ofHours(1))));
  }

  private static void needs(boolean there, String what) {
    if (!there) {
      System.out.println("skipped, not on this machine: " + what);
    }
    assumeTrue(there, what);
  }

  private static boolean runs(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @InSoak("another tool; sdkForJava_readsTheProfileAndRunsItsCommand has the profile")
  @Test
  void awsCli_withTheProfile_isTheClientRole() throws Exception {
    needs(runs("aws", "--version"), "the AWS CLI");
    try (StandIn service = vending(Duration.ofHours(1));
        StandIn container = container();
        StandIn sts = sts()) {
      makeProfile(service);
      String output = client(asContainer(container, sts), "aws", "sts", "get-caller-identity");

      assertThat(output).contains(Answers.ASSUMED);
      assertThat(sts.requests.getFirst().header("Authorization")).contains(Answers.ISSUED_ID);
      assertThat(sts.requests.getFirst().header("X-Amz-Security-Token"))
          .isEqualTo(Answers.ISSUED_TOKEN);
      assertThat(service.requests.getFirst().header("Authorization"))
          .contains("ASIACONTAINER0000000");
    }
  }

  @InSoak("another tool; ExecTest has what the command gets")
  @Test
  void awsCli_underExec_isTheClientRole() throws Exception {
    needs(runs("aws", "--version"), "the AWS CLI");
    try (StandIn service = vending(Duration.ofHours(1));
        StandIn container = container();
        StandIn sts = sts()) {
      Map<String, String> environment = new java.util.HashMap<>(asContainer(container, sts));
      environment.remove("AWS_PROFILE");
      environment.putAll(Map.of("VEND_URL", service.url(), "AWS_DEFAULT_REGION", "eu-west-1"));
      String output =
          client(
              environment,
              Run.VEND.toString(),
              "exec",
              Answers.ROLE,
              "--",
              "aws",
              "sts",
              "get-caller-identity");

      assertThat(output).contains(Answers.ASSUMED);
      assertThat(sts.requests.getFirst().header("Authorization")).contains(Answers.ISSUED_ID);
    }
  }

  @InSoak("another tool; RenewTest and CacheTest have when a call asks again")
  @Test
  void boto3_asksAgainWhenTheCredentialsAreNearTheirEndAndOnlyThen() throws Exception {
    needs(runs("python3", "-c", "import boto3"), "python3 with boto3");
    String program =
        """
        import boto3
        s = boto3.client("sts")
        for i in range(3):
            print(s.get_caller_identity()["Arn"])
        """;
    for (Duration left : List.of(Duration.ofHours(1), Duration.ofMinutes(9))) {
      try (StandIn service = vending(left);
          StandIn container = container();
          StandIn sts = sts()) {
        makeProfile(service);
        String output = client(asContainer(container, sts), "python3", "-c", program);

        assertThat(output.lines()).hasSize(3).allMatch(Answers.ASSUMED::equals);
        assertThat(service.requests.size() > 1).isEqualTo(left.toMinutes() < 10);
      }
    }
  }

  @Test
  void sdkForJava_readsTheProfileAndRunsItsCommand() throws Exception {
    for (Duration left : List.of(Duration.ofHours(1), Duration.ofSeconds(10))) {
      try (StandIn service = vending(left)) {
        makeProfile(service);
        var profile =
            ProfileFile.builder()
                .type(ProfileFile.Type.CONFIGURATION)
                .content(home.resolve(".aws/config"))
                .build()
                .profile("client")
                .orElseThrow();
        assertThat(profile.property("region")).contains("eu-north-1");
        List<String> command = new ArrayList<>(List.of("env"));
        command.add("AWS_ACCESS_KEY_ID=" + Answers.CALLER_ID);
        command.add("AWS_SECRET_ACCESS_KEY=" + Answers.CALLER_SECRET);
        command.addAll(List.of("sh", "-c", profile.property("credential_process").orElseThrow()));
        try (var provider = ProcessCredentialsProvider.builder().command(command).build()) {
          for (int i = 0; i < 3; i++) {
            assertThat(provider.resolveCredentials())
                .isInstanceOfSatisfying(
                    AwsSessionCredentials.class,
                    credentials -> {
                      assertThat(credentials.accessKeyId()).isEqualTo(Answers.ISSUED_ID);
                      assertThat(credentials.secretAccessKey()).isEqualTo(Answers.ISSUED_SECRET);
                      assertThat(credentials.sessionToken()).isEqualTo(Answers.ISSUED_TOKEN);
                      assertThat(credentials.accountId()).contains("444455556666");
                    });
          }
        }

        assertThat(service.requests.size() > 1).isEqualTo(left.toMinutes() < 1);
      }
    }
  }
}

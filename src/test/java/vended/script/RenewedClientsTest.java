package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;

/**
 * Real clients in a renewed command, for longer than three sessions: no call of theirs fails. The
 * SDK for JavaScript takes part if it is installed: {@code npm install --ignore-scripts --prefix
 * target/aws-sdk-js @aws-sdk/client-sts@3}.
 */
class RenewedClientsTest {
  private static final Duration SESSION = Duration.ofSeconds(10);
  private static final int SECONDS = 35;
  private static final Path JAVASCRIPT = Path.of("target/aws-sdk-js").toAbsolutePath();

  @TempDir Path home;

  private final Map<String, Instant> issued = new ConcurrentHashMap<>();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();

  record Client(String name, List<String> command) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Client> clients() {
    return Stream.of(
        new Client(
            "AWS CLI",
            List.of(
                "sh",
                "-c",
                "end=$(($(date +%%s) + %d)); while [ $(date +%%s) -lt $end ]; do aws sts get-caller-identity || exit 1; done"
                    .formatted(SECONDS))),
        new Client(
            "boto3",
            List.of(
                "python3",
                "-c",
                """
                import boto3, time
                sts = boto3.client("sts")
                end = time.time() + %d
                while time.time() < end:
                    sts.get_caller_identity()
                    time.sleep(0.2)
                """
                    .formatted(SECONDS))),
        new Client(
            "SDK for JavaScript",
            List.of(
                "node",
                "-e",
                """
                const {STSClient, GetCallerIdentityCommand} = require("%s/node_modules/@aws-sdk/client-sts");
                (async () => {
                  const sts = new STSClient({});
                  const end = Date.now() + %d;
                  while (Date.now() < end) {
                    await sts.send(new GetCallerIdentityCommand({}));
                    await new Promise(again => setTimeout(again, 200));
                  }
                })().catch(error => { console.log(error); process.exit(1); });
                """
                    .formatted(JAVASCRIPT, SECONDS * 1000))));
  }

  private static boolean isThere(Client client) {
    return switch (client.name()) {
      case "AWS CLI" -> Shell.find("aws").isPresent();
      case "boto3" -> Shell.find("python3").isPresent();
      default -> Shell.find("node").isPresent() && Files.isDirectory(JAVASCRIPT);
    };
  }

  private StandIn.Answer vend() {
    String id = "ASIASESSION%09d".formatted(issued.size());
    String answer = Answers.credentials(SESSION).replace(Answers.ISSUED_ID, id);
    issued.put(id, Instant.now().plus(SESSION));
    return StandIn.Answer.json(answer);
  }

  /** Strict: a key is good while its session lasts, and not a moment longer. */
  private StandIn.Answer identity(StandIn.Request request) {
    String id = request.header("Authorization").replaceAll(".*Credential=([A-Z0-9]+)/.*", "$1");
    calls.incrementAndGet();
    if (issued.getOrDefault(id, Instant.MIN).isBefore(Instant.now())) {
      failed.incrementAndGet();
    }
    return new StandIn.Answer(200, "text/xml", RealClientsTest.IDENTITY, Map.of());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void client_neverUsesAnExpiredKey(Client client) throws Exception {
    assumeTrue(Soak.ON, "./mvnw -Psoak");
    assumeTrue(isThere(client), client.name());
    try (StandIn service =
        new StandIn(
            request -> request.path().equals("/credentials") ? vend() : identity(request))) {
      Process process = start(service, client);
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();

      assertThat(process.exitValue()).as(Files.readString(home.resolve("out"))).isZero();
    }
    assertThat(issued).hasSizeGreaterThan(3);
    assertThat(calls.get()).isGreaterThan(2);
    assertThat(failed).hasValue(0);
  }

  private Process start(StandIn service, Client client) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(Run.VEND.toString(), "exec", "--renew", Answers.ROLE, "--"),
                client.command().stream())
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("out").toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("VEND_"));
    environment.putIfAbsent("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv");
    environment.putAll(
        Map.of(
            "HOME",
            home.toString(),
            "TMPDIR",
            home.toString(),
            "VEND_URL",
            service.url(),
            "AWS_REGION",
            "eu-west-1",
            "AWS_DEFAULT_REGION",
            "eu-west-1",
            "AWS_ENDPOINT_URL_STS",
            service.url(),
            "AWS_ACCESS_KEY_ID",
            Answers.CALLER_ID,
            "AWS_SECRET_ACCESS_KEY",
            "secret"));
    return builder.start();
  }
}

package vended;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.SignedClient;
import vended.local.TestStack;

/** The same vend with an STS that nobody here wrote: moto's, where it is on the machine. */
@InSoak("moto as another STS; VendHandlerTest and AssumeRoleCallTest have the call")
class MotoTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aVendByMotosSts(@TempDir Path folder) throws Exception {
    boolean here =
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(part -> Files.isExecutable(Path.of(part, "moto_server")));
    if (!here) {
      System.out.println("SKIPPED: moto_server is not on this machine");
    }
    assumeTrue(here, "moto_server is not on this machine");

    int port = freePort();
    Process moto =
        new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("moto.log").toFile())
            .start();
    try {
      awaitListening(port);
      vendBy("http://127.0.0.1:" + port);
    } finally {
      moto.destroy();
      moto.waitFor();
    }
  }

  private static void vendBy(String sts) throws Exception {
    Options options =
        Options.of(Functions.ofService(TestStack.PATIENT))
            .withEndpointsOf(Map.of("AWS_ENDPOINT_URL_STS", sts));
    try (LocalStack stack = LocalStack.start(options);
        SignedClient client = stack.caller(stack.people().pipeline())) {
      String role = stack.demonstration().roleArn();
      HttpResponse<String> answer =
          client.post("/credentials", "{\"roleArn\":\"%s\"}".formatted(role));

      assertThat(stack.stsUrl()).isEqualTo(URI.create(sts));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body())
          .contains("arn:aws:sts::444455556666:assumed-role/deploy/demo-pipeline@")
          .containsPattern("\"Expiration\":\"[0-9-]{10}T[0-9:]{8}Z\"");
      assertThat(stack.tables().rows(stack.auditTable())).hasSize(2);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Asks until somebody listens: another program's start can't be waited for otherwise. */
  private static void awaitListening(int port) throws InterruptedException {
    Instant end = Instant.now().plus(LIMIT);
    while (Instant.now().isBefore(end)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    throw new IllegalStateException("moto_server did not start within " + LIMIT);
  }
}

package vended.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vended.InSoak;

/** The stop that needs no function of ours: what the operations guide says, by the real AWS CLI. */
class EmergencyStopTest {
  private static final String SECTION = "## Stopping without the service";

  /** The commands of the section, in order. */
  private static List<String> commands() throws IOException {
    String text = Files.readString(Path.of("docs", "operations.md"));
    String section = text.substring(text.indexOf(SECTION) + SECTION.length());
    return section
        .substring(0, section.indexOf("\n## "))
        .lines()
        .filter(line -> line.startsWith("aws "))
        .toList();
  }

  @Test
  void itStopsBothFunctionsOfTheVendorRole_AndNoOther() throws IOException {
    Template template = Template.read(Path.of("template.yaml"), Map.of());
    String vendorRole = template.arn("VendorRole");
    List<String> ofVendorRole =
        template.ofType("AWS::Serverless::Function").stream()
            .filter(id -> vendorRole.equals(template.properties(id).get("Role")))
            .map(template::reference)
            .toList();
    assertThat(ofVendorRole).hasSize(2);

    for (String verb : List.of("put-", "delete-")) {
      assertThat(
              commands().stream()
                  .filter(command -> command.contains(" lambda " + verb))
                  .map(command -> command.replaceFirst(".*--function-name (\\S+).*", "$1")))
          .as(verb)
          .containsExactlyInAnyOrderElementsOf(ofVendorRole);
    }
    assertThat(commands().stream().filter(command -> command.contains(" lambda put-")))
        .allSatisfy(command -> assertThat(command).endsWith(" --reserved-concurrent-executions 0"));
  }

  @InSoak("the AWS CLI itself; the other test has which functions are named")
  @Test
  void theAwsCliSendsWhatIsMeant() throws Exception {
    List<String> requests = new ArrayList<>();
    HttpServer lambda =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lambda.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          requests.add(
              exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + body);
          exchange.sendResponseHeaders(exchange.getRequestMethod().equals("PUT") ? 200 : 204, -1);
          exchange.close();
        });
    lambda.start();
    try {
      for (String command : commands()) {
        run(command, "http://127.0.0.1:" + lambda.getAddress().getPort());
      }
    } finally {
      lambda.stop(0);
    }

    assertThat(requests.stream().map(request -> request.replaceAll("\\s", "")))
        .containsExactly(
            "PUT/2017-10-31/functions/vended-vend/concurrency{\"ReservedConcurrentExecutions\":0}",
            "PUT/2017-10-31/functions/vended-reprobe/concurrency{\"ReservedConcurrentExecutions\":0}",
            "DELETE/2017-10-31/functions/vended-vend/concurrency",
            "DELETE/2017-10-31/functions/vended-reprobe/concurrency");
  }

  private static void run(String command, String endpoint) throws Exception {
    ProcessBuilder aws = new ProcessBuilder(command.split(" "));
    aws.environment()
        .putAll(
            Map.of(
                "AWS_ENDPOINT_URL_LAMBDA", endpoint,
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_DEFAULT_REGION", "eu-west-1",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                "AWS_PAGER", ""));
    aws.redirectErrorStream(true);
    Process process = null;
    try {
      process = aws.start();
    } catch (IOException e) {
      Tool.skip("the AWS CLI is not installed");
    }
    Process started = Objects.requireNonNull(process);
    String output = new String(started.getInputStream().readAllBytes(), UTF_8);
    assertThat(started.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(started.exitValue()).as(command + "\n" + output).isZero();
  }
}

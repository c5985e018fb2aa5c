package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One vend by the real script, and what it left in the audit: shown at the start. */
final class FirstVend {
  private static final Path SCRIPT = Path.of("bin/vend");
  private static final Set<String> SECRET = Set.of("SecretAccessKey", "SessionToken");

  private final LocalStack stack;
  private final PrintStream out;

  FirstVend(LocalStack stack, PrintStream out) {
    this.stack = stack;
    this.out = out;
  }

  /** Vends; empty if the script can't run here or was refused, which is printed. */
  Optional<String> show() throws IOException, InterruptedException {
    out.println("$ bin/vend credentials " + stack.demonstration().roleArn());
    ProcessBuilder builder =
        new ProcessBuilder("sh", SCRIPT.toString(), "credentials", stack.demonstration().roleArn())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("AWS_") || name.startsWith("VEND_"));
    builder.environment().putAll(LocalEnv.exported(stack));
    Process process = builder.start();
    process.getOutputStream().close();
    String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      out.println("The script failed; the stack serves all the same.");
      return Optional.empty();
    }
    JsonNode credentials = new ObjectMapper().readTree(answer);
    credentials.properties().forEach(member -> print(member.getKey(), masked(member)));
    return showAudit(credentials.path("AccessKeyId").asText());
  }

  /** Found by the issued key, as an auditor would who has it from a client's CloudTrail. */
  private Optional<String> showAudit(String accessKeyId) {
    out.println();
    out.println("What the audit table has of it:");
    var rows = stack.tables().rows(stack.auditTable());
    Optional<AttributeValue> vendId =
        rows.stream()
            .filter(row -> AttributeValue.fromS(accessKeyId).equals(row.get("accessKeyId")))
            .map(row -> row.get("pk"))
            .findFirst();
    rows.stream()
        .filter(row -> vendId.equals(Optional.ofNullable(row.get("pk"))))
        .sorted(Comparator.comparing(row -> String.valueOf(row.get("sk"))))
        .map(TreeMap::new)
        .forEach(
            row -> {
              out.println();
              row.forEach((name, value) -> print(name, text(value)));
            });
    return vendId.map(AttributeValue::s);
  }

  private void print(String name, String value) {
    out.printf("  %-20s %s%n", name, value);
  }

  private static String masked(Map.Entry<String, JsonNode> member) {
    return SECRET.contains(member.getKey()) ? "(secret)" : member.getValue().asText();
  }

  private static String text(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s();
      case N -> value.n();
      case BOOL -> String.valueOf(value.bool());
      default -> value.toString();
    };
  }
}

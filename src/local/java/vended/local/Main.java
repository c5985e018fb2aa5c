package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code ./mvnw -Plocal}: starts the stack, shows one vend, and serves until Ctrl-C. */
public final class Main {
  private static final Path ENV_FILE = Path.of("target/local.env");
  private static final Path LOG_FILE = Path.of("target/local.log");

  private final PrintStream out;
  private final Map<String, String> environment;

  private Main(PrintStream out, Map<String, String> environment) {
    this.out = out;
    this.environment = environment;
  }

  public static void main(String[] args) throws Exception {
    // Before anything else: Maven may be killed without a chance to end its children.
    for (ProcessHandle parent : ProcessHandle.current().parent().stream().toList()) {
      var _ = parent.onExit().thenRun(() -> Runtime.getRuntime().exit(1));
    }
    PrintStream console = System.out;
    int status = 1;
    try {
      status = new Main(console, System.getenv()).run();
    } catch (IOException | RuntimeException e) {
      console.println("The stack can't run: " + e);
    } finally {
      // Not by returning: a thread that is left over would keep the process.
      System.exit(status);
    }
  }

  private int run() throws Exception {
    int port;
    try {
      port = Preflight.port(environment);
      Preflight.checkEndpoints(environment);
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return 1;
    }
    out.printf("Starting the stack on 127.0.0.1:%d ...%n", port);
    for (String variable : Preflight.ENDPOINTS) {
      if (!environment.getOrDefault(variable, "").isEmpty()) {
        out.printf("Using %s=%s%n", variable, environment.get(variable));
      }
    }
    Files.createDirectories(LOG_FILE.getParent());
    // What the functions print is a log, in AWS too.
    System.setOut(new PrintStream(Files.newOutputStream(LOG_FILE), true, UTF_8));
    try (LocalStack stack =
        LocalStack.start(
            Options.of(Functions.ofService()).withPort(port).withEndpointsOf(environment))) {
      // The JVM runs this for SIGINT and SIGTERM, on a thread of its own.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack)));
      LocalEnv.write(ENV_FILE, stack);
      Optional<String> vendId = new FirstVend(stack, out).show();
      summarize(stack, vendId);
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private void summarize(LocalStack stack, Optional<String> vendId) {
    out.println();
    out.printf(
        "Serving %s until Ctrl-C; the functions log to %s. In another shell:%n",
        stack.url(), LOG_FILE);
    out.println("  . " + ENV_FILE);
    out.println("  bin/vend credentials \"$ROLE_ARN\"");
    out.println("  bin/vend exec \"$ROLE_ARN\" -- aws sts get-caller-identity");
    out.println(
        "  aws dynamodb query --table-name \"$AUDIT_TABLE\" --key-condition-expression 'pk = :v'"
            + " --expression-attribute-values '{\":v\":{\"S\":\"%s\"}}'"
                .formatted(vendId.orElse("VEND_ID")));
  }

  private static void stop(LocalStack stack) {
    try {
      LocalEnv.delete(ENV_FILE, stack);
    } catch (IOException e) {
      System.err.println("Left behind: " + ENV_FILE);
    }
    stack.close();
  }
}

package vended.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vended.Wiring;
import vended.audit.query.Period;
import vended.local.LocalStack;

/**
 * The audit function in a process of its own, whose heap has a limit: what a report needs of it,
 * without the memory of DynamoDB Local and of the model.
 */
final class FunctionAlone {
  /** Of the heap, in MB: a seventh of what the function has in Lambda. */
  static final int HEAP = 256;

  private static final long LONGEST_MINUTES = 30;
  private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");

  private FunctionAlone() {}

  /**
   * What came of it.
   *
   * @param body the report
   * @param calls how many calls of the function it took
   * @param megabytes the most memory that the process had, with the JVM's own
   */
  record Made(String body, int calls, long megabytes) {}

  /** Makes a report; fails if {@value #HEAP} MB of heap are too little. */
  static Made report(LocalStack stack, Period period, Path home)
      throws IOException, InterruptedException {
    Path body = home.resolve("alone.json");
    Path said = home.resolve("alone.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FunctionAlone.class.getName(),
                period.since().toString(),
                period.until().toString(),
                body.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(stack.environment());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String lines = Files.readString(said);
    assertThat(process.exitValue()).as(lines).isZero();
    List<String> figures = List.of(lines.strip().lines().toList().getLast().split(" "));
    return new Made(
        Files.readString(body),
        Integer.parseInt(figures.getFirst()),
        Long.parseLong(figures.getLast()));
  }

  /** In the process: writes the report to a file, and prints the number of calls and of MB. */
  public static void main(String[] arguments) throws IOException {
    Period period = new Period(Instant.parse(arguments[0]), Instant.parse(arguments[1]));
    Map<String, String> environment = System.getenv();
    SmallCalls.Made made = SmallCalls.report(new Wiring(environment, Clock.systemUTC()), period);
    Files.writeString(Path.of(arguments[2]), made.body());
    System.out.println(made.calls() + " " + resident());
  }

  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    // Only Linux says it.
    Matcher most = RESIDENT.matcher(Files.exists(status) ? Files.readString(status) : "");
    return most.find() ? Long.parseLong(most.group(1)) / 1024 : 0;
  }
}

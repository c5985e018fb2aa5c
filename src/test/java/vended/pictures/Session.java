package vended.pictures;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import vended.local.Keys;
import vended.local.LocalStack;

/** Commands at the local stack, with what they print. */
final class Session {
  private static final int COLUMNS = 120;

  private final LocalStack stack;
  private final Path home;
  private final List<String> lines = new ArrayList<>();

  Session(LocalStack stack, Path home) {
    this.stack = stack;
    this.home = home;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  void comment(String text) {
    if (!lines.isEmpty()) {
      lines.add("");
    }
    lines.add("# " + text);
  }

  /** Runs a command as somebody, and gives what it printed. */
  String run(Keys.Key who, String command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(AWS|VEND)_.*"));
    environment.put("PATH", Path.of("bin").toAbsolutePath() + ":" + environment.get("PATH"));
    environment.put("HOME", home.toString());
    environment.put("VEND_URL", stack.url().toString());
    environment.put("AWS_REGION", LocalStack.REGION);
    environment.put("AWS_ACCESS_KEY_ID", who.id());
    environment.put("AWS_SECRET_ACCESS_KEY", who.secret());
    who.token().ifPresent(token -> environment.put("AWS_SESSION_TOKEN", token));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    lines.add("$ " + command);
    output.strip().lines().flatMap(line -> folded(line).stream()).forEach(lines::add);
    return output;
  }

  /** As a terminal breaks long lines. */
  private static List<String> folded(String line) {
    return line.isEmpty()
        ? List.of("")
        : Pattern.compile(".{1,%d}".formatted(COLUMNS))
            .matcher(line)
            .results()
            .map(part -> part.group())
            .toList();
  }

  void write(String title, Path file) throws IOException {
    Files.writeString(file, Terminal.svg(title, lines));
  }
}

package vended.bench.part;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vended.local.Keys;
import vended.local.LocalStack;

/**
 * Commands of this machine, run on the laptop's stack.
 *
 * @param home of the user, and where all files go
 */
record Commands(LocalStack stack, Path home) {
  /** Runs a command with success; gives the milliseconds of the whole process. */
  double time(Keys.Key key, List<String> command, String input)
      throws IOException, InterruptedException {
    Path output = home.resolve("output.txt");
    Path in = Files.writeString(home.resolve("input.txt"), input);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(AWS|VEND)_.*"));
    builder.environment().putAll(environment(key));
    long start = System.nanoTime();
    int code = builder.start().waitFor();
    double millis = (System.nanoTime() - start) / 1e6;
    if (code != 0) {
      throw new IllegalStateException(
          command.getFirst() + " ended with " + code + ": " + Files.readString(output));
    }
    return millis;
  }

  private Map<String, String> environment(Keys.Key key) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", home.toString());
    environment.put("VEND_URL", stack.url().toString());
    environment.put("AWS_REGION", LocalStack.REGION);
    environment.put("AWS_DEFAULT_REGION", LocalStack.REGION);
    environment.put("AWS_ACCESS_KEY_ID", key.id());
    environment.put("AWS_SECRET_ACCESS_KEY", key.secret());
    key.token().ifPresent(token -> environment.put("AWS_SESSION_TOKEN", token));
    environment.put("AWS_ENDPOINT_URL_STS", stack.stsUrl().toString());
    return environment;
  }
}

package vended.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program in another language that makes the same four calls, and nothing else that a vend does.
 *
 * @param command the program and its arguments
 * @param environment what it needs besides the function's variables
 */
public record PeerSubject(String name, List<String> command, Map<String, String> environment)
    implements Subject {
  public PeerSubject {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  @Override
  public Process start(
      List<String> prefix,
      List<String> flags,
      String runtimeApi,
      Map<String, String> variables,
      Path output)
      throws IOException {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("AWS_"));
    builder.environment().putAll(variables);
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }
}

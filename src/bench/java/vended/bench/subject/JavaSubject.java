package vended.bench.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vended.lambda.LambdaProcess;
import vended.lambda.TaskRoot;

/**
 * A jar of this project under the real runtime client.
 *
 * @param flags of the JVM, besides Lambda's own
 */
public record JavaSubject(String name, TaskRoot taskRoot, String handler, List<String> flags)
    implements Subject {
  public JavaSubject {
    flags = List.copyOf(flags);
  }

  @Override
  public boolean restores() {
    return true;
  }

  @Override
  public Process start(
      List<String> prefix,
      List<String> more,
      String runtimeApi,
      Map<String, String> variables,
      Path output)
      throws IOException {
    List<String> all = allFlags();
    all.addAll(more);
    return LambdaProcess.start(prefix, all, taskRoot, handler, runtimeApi, variables, output)
        .process();
  }

  /** Lambda's flags and its own. */
  List<String> allFlags() {
    List<String> all = new ArrayList<>(LambdaProcess.FLAGS);
    all.addAll(flags);
    return all;
  }
}

package vended.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import vended.lambda.LambdaProcess;
import vended.lambda.TaskRoot;

/**
 * A jar of this project under the real runtime client.
 *
 * @param handler of the vending function
 * @param flags of the JVM, besides Lambda's own
 */
public record JavaSubject(String name, TaskRoot taskRoot, String handler, List<String> flags)
    implements Subject {
  public JavaSubject {
    flags = List.copyOf(flags);
  }

  /**
   * The handler of one of the jar's functions. An older jar may have it in another package.
   *
   * @param today as this build's template names it
   * @throws IOException if the jar has no class of that name in any package
   */
  static String handlerIn(TaskRoot root, String today) throws IOException {
    String[] parts = today.split("::", 2);
    String file = parts[0].replaceFirst(".*\\.", "") + ".class";
    Path usual = root.folder().resolve(parts[0].replace('.', '/') + ".class");
    if (Files.exists(usual)) {
      return today;
    }
    try (var files = Files.walk(root.folder().resolve("vended"))) {
      Path found =
          files
              .filter(other -> other.endsWith(file))
              .findFirst()
              .orElseThrow(() -> new IOException("a jar has no " + file));
      String name = root.folder().relativize(found).toString();
      return name.replace(".class", "").replace('/', '.') + "::" + parts[1];
    }
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

package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark is compiled in its own profile only: a change of what it uses must not break it.
 */
@InSoak("nothing of the product; whoever measures compiles it")
class BenchCompilesTest {
  @Test
  void theBenchmarkCompiles(@TempDir Path folder) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        var found = Files.walk(Path.of("src/bench/java"))) {
      List<Path> sources = found.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).isNotEmpty();
      List<String> options =
          List.of(
              "-proc:none",
              "-implicit:none",
              "-cp",
              System.getProperty("java.class.path"),
              "-d",
              folder.toString());
      boolean compiles =
          compiler
              .getTask(
                  errors, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiles).as(errors.toString()).isTrue();
    }
  }
}

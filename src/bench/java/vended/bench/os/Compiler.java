package vended.bench.os;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles what is compiled only when it is measured. */
public final class Compiler {
  private Compiler() {}

  /**
   * Compiles.
   *
   * @param classPath folders and jars
   * @param processors jars with annotation processors; none of them runs if it is empty
   * @param output the folder for the classes
   */
  public static void compile(
      List<Path> sources, List<Path> classPath, List<Path> processors, Path output)
      throws IOException {
    Files.createDirectories(output);
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-nowarn", "-cp", joined(classPath), "-d", output.toString()));
    options.addAll(
        processors.isEmpty()
            ? List.of("-proc:none")
            : List.of("-proc:full", "-processorpath", joined(processors)));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          compiler.getTask(
              errors, files, null, options, null, files.getJavaFileObjectsFromPaths(sources));
      if (!task.call()) {
        throw new IOException(errors.toString());
      }
    }
  }

  /** As a class path. */
  public static String joined(List<Path> parts) {
    return parts.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** This JVM's class path. */
  public static List<Path> ownClassPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
        .map(Path::of)
        .toList();
  }

  /** The jars in a folder; none if it is not there. */
  public static List<Path> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives every Java file under a folder to google-java-format, which takes only names of files. Run
 * from source by the build, in the toolchain's JDK: {@code Format.java FOLDER OPTION...}.
 */
final class Format {
  private Format() {}

  public static void main(String[] args) throws Exception {
    List<String> line = new ArrayList<>(List.of(args).subList(1, args.length));
    try (var files = Files.walk(Path.of(args[0]))) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(line::add);
    }
    com.google.googlejavaformat.java.Main.main(line.toArray(String[]::new));
  }
}

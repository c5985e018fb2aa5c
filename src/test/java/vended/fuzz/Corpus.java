package vended.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The inputs that are kept: a file for each target, an input a line. Bytes that are not printable
 * ASCII are written {@code \xNN}.
 */
final class Corpus {
  private static final Path FOLDER = Path.of("src/test/resources/fuzz");

  private Corpus() {}

  /** A target's inputs; empty if it has none yet. */
  static List<byte[]> read(String target) throws IOException {
    Path file = FOLDER.resolve(target + ".txt");
    return Files.exists(file)
        ? Files.readAllLines(file, StandardCharsets.US_ASCII).stream().map(Corpus::bytes).toList()
        : List.of();
  }

  /** Replaces a target's inputs. */
  static void write(String target, Collection<byte[]> inputs) throws IOException {
    String lines =
        inputs.stream().map(Corpus::line).sorted().distinct().collect(Collectors.joining("\n"));
    Files.createDirectories(FOLDER);
    Files.writeString(FOLDER.resolve(target + ".txt"), lines + "\n", StandardCharsets.US_ASCII);
  }

  /** An input as a line. */
  static String line(byte[] input) {
    StringBuilder line = new StringBuilder();
    for (byte one : input) {
      if (one == '\\') {
        line.append("\\\\");
      } else if (one >= ' ' && one <= '~') {
        line.append((char) one);
      } else {
        line.append("\\x").append(HexFormat.of().toHexDigits(one));
      }
    }
    return line.toString();
  }

  /** The input of a line. */
  static byte[] bytes(String line) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) != '\\') {
        bytes.write(line.charAt(i));
      } else if (line.charAt(++i) == '\\') {
        bytes.write('\\');
      } else {
        bytes.write(HexFormat.fromHexDigits(line, i + 1, i + 3));
        i += 2;
      }
    }
    return bytes.toByteArray();
  }
}

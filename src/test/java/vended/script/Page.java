package vended.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documentation, whose commands tests run.
 *
 * @param name its path in the repository
 * @param text all of it
 */
record Page(String name, String text) {
  private static final Pattern PARTS =
      Pattern.compile("^## ([^\n]+)$|^```(\\w+)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** A fenced block, and the heading of the section that it is in. */
  record Block(String section, String language, String text) {
    /** The first line, without a comment behind a command. */
    String firstLine() {
      return text.lines().findFirst().orElse("").replaceFirst("(?<=.)\\s+#.*", "");
    }
  }

  static Page of(String name) {
    try {
      return new Page(name, Files.readString(Path.of(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its blocks in that language, in order. */
  List<Block> blocks(String language) {
    List<Block> blocks = new ArrayList<>();
    String section = "";
    Matcher part = PARTS.matcher(text);
    while (part.find()) {
      if (part.group(1) != null) {
        section = part.group(1);
      } else if (part.group(2).equals(language)) {
        blocks.add(new Block(section, language, part.group(3)));
      }
    }
    return blocks;
  }

  /** The block of shell that begins with this text. */
  String shell(String begin) {
    return blocks("sh").stream()
        .map(Block::text)
        .filter(block -> block.startsWith(begin))
        .findFirst()
        .orElseThrow(() -> new AssertionError("%s has no block %s".formatted(name, begin)));
  }
}

package vended.pictures;

import java.util.List;

/** A terminal's lines as an SVG file, whose text can be selected and read aloud. */
final class Terminal {
  private static final int LINE = 19;
  private static final double CHARACTER = 7.83;
  private static final int MARGIN = 16;

  private Terminal() {}

  /**
   * Draws lines. One that begins with {@code $} is a command, and one with {@code #} a comment.
   *
   * @param title what it shows, for those who don't see it
   */
  static String svg(String title, List<String> lines) {
    int columns = lines.stream().mapToInt(String::length).max().orElse(0);
    int width = (int) (2 * MARGIN + columns * CHARACTER);
    int height = 2 * MARGIN + lines.size() * LINE;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
        <title>%3$s</title>
        <style>text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;\
        fill:#d7dde5;white-space:pre}.c{fill:#fff;font-weight:bold}.n{fill:#8fa3b8}</style>
        <rect width="%1$d" height="%2$d" rx="8" fill="#141b24"/>
        """
            .formatted(width, height, escaped(title)));
    int y = MARGIN + 13;
    for (String line : lines) {
      String kind =
          line.startsWith("$") ? " class=\"c\"" : line.startsWith("#") ? " class=\"n\"" : "";
      if (!line.isEmpty()) {
        // The length makes columns line up in any font.
        svg.append(
            "<text x=\"%d\" y=\"%d\" textLength=\"%.0f\" xml:space=\"preserve\"%s>%s</text>\n"
                .formatted(MARGIN, y, line.length() * CHARACTER, kind, escaped(line)));
      }
      y += LINE;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

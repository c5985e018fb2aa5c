package vended.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import vended.bench.result.Report;

/** Writes what a run found. */
final class Output {
  private static final Path PAGE = Path.of("docs/performance.md");
  private static final Path PLOTS = Path.of("docs/performance");
  private static final String BEGIN = "<!-- ./mvnw -Pbench writes what follows -->\n";
  private static final String END = "<!-- ./mvnw -Pbench writes what precedes -->\n";

  private Output() {}

  /**
   * Writes {@code table.md}, {@code results.json} and the plots, and prints the table.
   *
   * @param docs whether the page of the documentation gets them, too
   */
  static void write(Path folder, Report report, boolean docs) throws IOException {
    String table = report.markdown();
    Files.writeString(folder.resolve("table.md"), table, UTF_8);
    Files.writeString(folder.resolve("results.json"), report.json(), UTF_8);
    Map<String, String> plots = report.plots();
    for (Map.Entry<String, String> plot : plots.entrySet()) {
      Files.writeString(folder.resolve(plot.getKey()), plot.getValue(), UTF_8);
    }
    System.out.println("\n" + table);
    System.out.println("bench: " + folder + " has table.md, results.json and the plots");
    if (docs) {
      document(table, plots);
    }
  }

  private static void document(String table, Map<String, String> plots) throws IOException {
    Files.createDirectories(PLOTS);
    StringBuilder text = new StringBuilder(table);
    for (Map.Entry<String, String> plot : plots.entrySet()) {
      Files.writeString(PLOTS.resolve(plot.getKey()), plot.getValue(), UTF_8);
      text.append("\n![%s](performance/%s)\n".formatted(title(plot.getValue()), plot.getKey()));
    }
    String page = Files.readString(PAGE, UTF_8);
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(PAGE + " has no place for the figures: " + BEGIN + END);
    }
    Files.writeString(
        PAGE, page.substring(0, begin) + BEGIN + "\n" + text + "\n" + page.substring(end), UTF_8);
    System.out.println("bench: " + PAGE + " has them");
  }

  private static String title(String svg) {
    return svg.replaceFirst("(?s).*?<title>(.*?)</title>.*", "$1");
  }
}

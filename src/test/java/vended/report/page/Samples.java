package vended.report.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.browser.Chromium;

/**
 * Writes sample reports and, where Chromium is installed, pictures of them into
 * target/report-samples. With arguments, only the samples of these names.
 */
public final class Samples {
  private static final Path FOLDER = Path.of("target/report-samples");

  /** The highest picture that Chromium takes, in pixels. */
  private static final int HIGHEST = 16_000;

  private Samples() {}

  public static void main(String[] names) throws Exception {
    Files.createDirectories(FOLDER);
    try (Chromium browser = Chromium.start().orElse(null)) {
      for (SampleSize size : SampleSize.ALL) {
        if (names.length == 0 || List.of(names).contains(size.name())) {
          sample(size, browser);
        }
      }
    }
  }

  /** Writes the sample report of this name, and gives its file. */
  public static Path page(String name) throws IOException {
    SampleSize size =
        SampleSize.ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    Files.createDirectories(FOLDER);
    return Files.writeString(FOLDER.resolve(name + ".html"), ReportPage.of(SampleReport.of(size)))
        .toAbsolutePath();
  }

  private static void sample(SampleSize size, @Nullable Chromium browser)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    var report = SampleReport.of(size);
    long made = System.nanoTime();
    String page = ReportPage.of(report);
    System.out.printf(
        "%s: %,d characters, made in %d ms, drawn in %d ms%n",
        size.name(),
        page.length(),
        (made - begun) / 1_000_000,
        (System.nanoTime() - made) / 1_000_000);
    Path file = Files.writeString(FOLDER.resolve(size.name() + ".html"), page);
    if (browser == null) {
      return;
    }
    for (String screen : List.of("1280-light", "1280-dark", "375-light", "375-dark")) {
      int width = Integer.parseInt(screen.replaceFirst("-.*", ""));
      browser.screen(width, screen.endsWith("dark"));
      browser.open(file.toUri());
      Object height = browser.run("return document.documentElement.scrollHeight");
      Path picture = FOLDER.resolve(size.name() + "-" + screen + ".png");
      browser.picture(
          picture, width, (int) Math.min((Long) Objects.requireNonNull(height), HIGHEST));
    }
    browser.paper();
    browser.print(FOLDER.resolve(size.name() + ".pdf"));
  }
}

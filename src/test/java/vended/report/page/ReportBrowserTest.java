package vended.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;
import vended.browser.Chromium;

/** The page in headless Chromium, with everything in it that could break it. */
class ReportBrowserTest {
  private static final Path FOLDER = Path.of("target/report-samples");

  @SuppressWarnings("NullAway.Init")
  private static Chromium browser;

  @SuppressWarnings("NullAway.Init")
  private static URI hostile;

  @BeforeAll
  static void start() throws Exception {
    Optional<Chromium> found = Chromium.start();
    if (found.isEmpty()) {
      System.out.println("Skipped: chromium and chromium-driver are not installed");
    }
    assumeTrue(found.isPresent(), "chromium");
    browser = found.get();
    Files.createDirectories(FOLDER);
    hostile = write(SampleSize.HOSTILE);
  }

  private static URI write(SampleSize size) throws Exception {
    return Files.writeString(
            FOLDER.resolve(size.name() + ".html"), ReportPage.of(SampleReport.of(size)))
        .toUri();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void onAScreen() throws Exception {
    browser.screen(1280, false);
  }

  private static @Nullable Object value(String expression) throws Exception {
    return browser.run("return " + expression);
  }

  private static List<?> list(String expression) throws Exception {
    return (List<?>) Objects.requireNonNull(value(expression));
  }

  @Test
  void itLoadsNothing_HasNoScript_AndTheConsoleIsQuiet() throws Exception {
    browser.requests();
    browser.console();
    browser.open(hostile);

    assertThat(browser.requests()).containsExactly(hostile.toString());
    assertThat(browser.console()).isEmpty();
    assertThat(value("document.scripts.length")).isEqualTo(0L);
    assertThat(
            list(
                "[...document.querySelectorAll('img,iframe,object,embed,link,form,base,audio,video,"
                    + "use,image,foreignObject,animate,set')].map(e => e.outerHTML)"))
        .isEmpty();
    assertThat(
            list(
                "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                    + ".filter(a => /^on|^style$|^src|^action/.test(a.name)"
                    + " || (/href/.test(a.name) && !/^#/.test(a.value))).map(a => a.name)"))
        .isEmpty();
    // The policy allows the style.
    assertThat(value("getComputedStyle(document.querySelector('.scroll')).overflowX"))
        .isEqualTo("auto");
  }

  @Test
  void thePolicyStopsAScriptAndAPicture_AndThisTestWouldSeeThem() throws Exception {
    String attack = "<script>document.title = 'run'</script><img src=\"http://127.0.0.1:1/\">";
    String document = ReportPage.of(SampleReport.of(SampleSize.ONE));
    Path broken = FOLDER.resolve("broken.html");
    Files.writeString(broken, document.replace("<body>", "<body>" + attack));
    browser.console();
    browser.open(broken.toUri());

    assertThat(browser.console()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(value("document.title")).isNotEqualTo("run");
    Files.writeString(broken, Files.readString(broken).replaceFirst("<meta http-equiv=[^>]*>", ""));
    browser.requests();
    browser.open(broken.toUri());
    assertThat(browser.requests()).contains("http://127.0.0.1:1/");
    assertThat(value("document.title")).isEqualTo("run");
    browser.console();
    Files.delete(broken);
  }

  @Test
  void whatCallersSayIsText() throws Exception {
    browser.open(hostile);

    assertThat(
            list(
                "[...document.querySelectorAll('bdi')].map(e => e.textContent)"
                    + ".filter(t => t.includes('onerror'))"))
        .isNotEmpty()
        .allSatisfy(
            text ->
                assertThat(text.toString())
                    .contains("</style></title><script>alert(1)</script><img src=x onerror="));
    assertThat(
            value(
                "/[\\u202A-\\u202E\\u2066-\\u2069\\u200B]/.test(document.documentElement.outerHTML)"))
        .isEqualTo(false);
  }

  static Stream<Arguments> pages() {
    return Soak.some(
        2,
        List.of(
            Arguments.of("HOSTILE", 375, "dark"),
            Arguments.of("MONTH", 375, "light"),
            Arguments.of("MONTH", 1280, "dark"),
            Arguments.of("HOSTILE", 1280, "light"),
            Arguments.of("FEW", 1280, "dark"),
            Arguments.of("ONE", 375, "light"),
            Arguments.of("NONE", 375, "dark")))
        .stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itIsReadableAtEachWidth_LightAndDark(String size, int width, String light) throws Exception {
    browser.screen(width, light.equals("dark"));
    browser.open(size.equals("HOSTILE") ? hostile : write(sample(size)));
    browser.run("document.querySelectorAll('details').forEach(d => d.open = true)");

    assertThat(value("document.documentElement.scrollWidth")).isEqualTo((long) width);
    assertThat(list(CONTRAST)).isEmpty();
    assertThat(list(OUTSIDE)).isEmpty();
  }

  private static SampleSize sample(String name) {
    return SampleSize.ALL.stream()
        .filter(size -> size.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aScreenReaderFindsItsWay() throws Exception {
    browser.open(hostile);

    assertThat(value("document.documentElement.lang")).isEqualTo("en");
    assertThat(value("document.title")).asString().startsWith("Audit report, ");
    assertThat(value("[...document.querySelectorAll('h1,h2,h3')].map(e => e.tagName).join('')"))
        .asString()
        .matches("H1(H2)+");
    for (String rule :
        List.of(
            "[...document.querySelectorAll('table')].every(t => t.caption &&"
                + " t.caption.textContent)",
            "[...document.querySelectorAll('th')].every(t => t.scope && t.textContent)",
            "[...document.querySelectorAll('tbody tr:not(.rest)')].every(r =>"
                + " r.cells[0].scope == 'row')",
            "[...document.querySelectorAll('svg')].every(s => s.getAttribute('aria-label') ||"
                + " s.closest('[aria-hidden]') || s.querySelector('title'))",
            "[...document.querySelectorAll('[aria-labelledby]')].every(e =>"
                + " document.getElementById(e.getAttribute('aria-labelledby')))",
            "[...document.querySelectorAll('a')].every(e =>"
                + " document.querySelector(e.getAttribute('href')))",
            "document.querySelectorAll('[id]').length =="
                + " new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size")) {
      assertThat(value(rule)).as(rule).isEqualTo(true);
    }
  }

  @Test
  void onPaperItHasNoBoxesThatScroll_AndNoRecords() throws Exception {
    browser.open(hostile);
    browser.paper();

    assertThat(value("getComputedStyle(document.querySelector('.scroll')).overflowX"))
        .isEqualTo("visible");
    assertThat(value("document.querySelector('.records').offsetHeight")).isEqualTo(0L);
    assertThat(value("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
    assertThat(list(CONTRAST)).isEmpty();
  }

  /** Finds texts of tables that paint outside the box that scrolls. */
  private static final String OUTSIDE =
      """
      [...document.querySelectorAll('section')].filter(s =>
        [...s.querySelectorAll('p, summary, .card, .lane, li')].some(e =>
          e.getBoundingClientRect().right > s.getBoundingClientRect().right + 1)).map(s => s.id)
      """;

  /** Finds texts with less contrast than WCAG requires: 4.5, or 3 for large text. */
  private static final String CONTRAST =
      """
      (() => {
        const numbers = c => c.match(/[\\d.]+/g).map(Number);
        const light = c => {
          const [r, g, b] = numbers(c).slice(0, 3).map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = e => {
          for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor;
            if (numbers(c).length < 4 || numbers(c)[3] > 0) return c;
          }
          return 'rgb(255, 255, 255)';
        };
        const bad = new Set();
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const e = walker.currentNode.parentElement;
          if (!walker.currentNode.data.trim() || e.tagName == 'title') continue;
          const style = getComputedStyle(e);
          const ink = e.namespaceURI.endsWith('svg') ? style.fill : style.color;
          const [a, b] = [light(ink), light(behind(e))].sort((x, y) => y - x);
          const large = parseFloat(style.fontSize) >= 24;
          const ratio = (a + 0.05) / (b + 0.05);
          if (ratio < (large ? 3 : 4.5)) {
            bad.add(e.tagName + '.' + e.className + ' ' + ink + ' on ' + behind(e) + ' ' + ratio.toFixed(2));
          }
        }
        return [...bad];
      })()
      """;
}

package vended;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.dynamo.Generator;
import vended.browser.Chromium;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;

/** The report in headless Chromium. */
class ReportBrowserTest {
  private static final Path FOLDER = Path.of("target/report-screenshots");

  @SuppressWarnings("NullAway.Init")
  private static Chromium browser;

  @SuppressWarnings("NullAway.Init")
  private static URI report;

  @SuppressWarnings("NullAway.Init")
  private static List<Map<String, AttributeValue>> rows;

  @BeforeAll
  static void start() throws Exception {
    Optional<Chromium> found = Chromium.start();
    if (found.isEmpty()) {
      System.out.println("Skipped: chromium and chromium-driver are not installed");
    }
    assumeTrue(found.isPresent(), "chromium");
    browser = found.get();
    Clock clock = Clock.fixed(ReportData.NOW, ZoneOffset.UTC);
    try (LocalStack stack =
            LocalStack.start(Options.of(Functions.ofService(TestStack.PATIENT)).withClock(clock));
        Auditor auditor = new Auditor(stack)) {
      rows = ReportData.likely(4000);
      Generator.write(stack.tables().client(), stack.auditTable(), rows);
      ReportData.seedAllowList(stack);
      HttpResponse<String> answer = auditor.post("/audit/report", Map.of());
      assertThat(answer.statusCode()).isEqualTo(200);
      Files.createDirectories(FOLDER);
      report = Files.writeString(FOLDER.resolve("report.html"), answer.body()).toUri();
    }
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

  private static long count(String outcome) {
    return rows.stream()
        .filter(row -> AttributeValue.fromS("outcome").equals(row.get("sk")))
        .filter(row -> AttributeValue.fromS(outcome).equals(row.get("outcome")))
        .count();
  }

  @Test
  void itLoadsNothing_HasNoScript_AndTheConsoleIsQuiet() throws Exception {
    browser.requests();
    browser.console();
    browser.open(report);

    assertThat(browser.requests()).containsExactly(report.toString());
    assertThat(browser.console()).isEmpty();
    assertThat(value("document.scripts.length")).isEqualTo(0L);
    assertThat(value("performance.getEntriesByType('resource').length")).isEqualTo(0L);
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
    String document = Files.readString(Path.of(report));
    Path broken = FOLDER.resolve("broken.html");
    Files.writeString(
        broken,
        document.replace(
            "<body>",
            "<body><script>document.title = 'run'</script><img src=\"http://127.0.0.1:1/\">"));
    browser.open(broken.toUri());

    assertThat(browser.console()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(value("document.title")).isNotEqualTo("run");
    Files.writeString(broken, Files.readString(broken).replaceFirst("<meta http-equiv=[^>]*>", ""));
    browser.requests();
    browser.open(broken.toUri());
    assertThat(browser.requests()).contains("http://127.0.0.1:1/");
    assertThat(value("document.title")).isEqualTo("run");
    browser.console();
  }

  @Test
  void itShowsTheTotals() throws Exception {
    opened();

    for (String outcome : List.of("granted", "denied", "failed")) {
      assertThat(value("document.querySelector('.card." + outcome + " .figure').textContent"))
          .isEqualTo(String.format(Locale.ROOT, "%,d", count(outcome)));
      assertThat(value("document.querySelector('.lane." + outcome + " .lane-name').textContent"))
          .asString()
          .contains(String.format(Locale.ROOT, "%,d", count(outcome)));
    }
  }

  @Test
  void whatCallersSayIsText() throws Exception {
    opened();

    String beginning = ReportData.HARMLESS;
    assertThat(
            list(
                "[...document.querySelectorAll('bdi')].map(e => e.textContent)"
                    + ".filter(t => t.includes('onerror'))"))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text.toString()).contains(beginning.substring(0, 60)))
        .anySatisfy(text -> assertThat(text.toString()).contains(beginning));
    // Also in the diagram, which shortens texts.
    assertThat(list("[...document.querySelectorAll('svg title')].map(e => e.textContent)"))
        .anySatisfy(text -> assertThat(text.toString()).contains("</style></title><script>"));
    assertThat(
            value(
                "/[\\u202A-\\u202E\\u2066-\\u2069\\u200B]/.test(document.documentElement.outerHTML)"))
        .isEqualTo(false);
  }

  @ParameterizedTest
  @CsvSource({"375, false", "375, true", "1280, false", "1280, true"})
  void itIsReadableAtEachWidth_LightAndDark(int width, boolean dark) throws Exception {
    browser.screen(width, dark);
    opened();

    assertThat(value("document.documentElement.scrollWidth")).isEqualTo((long) width);
    assertThat(list(CONTRAST)).isEmpty();
    long height = (Long) Objects.requireNonNull(value("document.documentElement.scrollHeight"));
    browser.picture(
        FOLDER.resolve(width + (dark ? "-dark" : "-light") + ".png"),
        width,
        (int) Math.min(height, 6000));
  }

  @Test
  void aScreenReaderFindsItsWay() throws Exception {
    opened();

    assertThat(value("document.documentElement.lang")).isEqualTo("en");
    assertThat(value("document.title")).asString().startsWith("Audit report, ");
    assertThat(value("[...document.querySelectorAll('h1,h2,h3')].map(e => e.tagName).join('')"))
        .asString()
        .matches("H1(H2)+");
    assertThat(
            value(
                "[...document.querySelectorAll('table')].every(t => t.caption &&"
                    + " t.caption.textContent)"))
        .isEqualTo(true);
    assertThat(value("[...document.querySelectorAll('th')].every(t => t.scope && t.textContent)"))
        .isEqualTo(true);
    assertThat(
            value(
                "[...document.querySelectorAll('tbody tr:not(.rest)')].every(r => r.cells[0].scope"
                    + " == 'row')"))
        .isEqualTo(true);
    assertThat(
            value(
                "[...document.querySelectorAll('svg')].every(s => s.getAttribute('aria-label') ||"
                    + " s.ariaHidden)"))
        .isEqualTo(true);
    assertThat(
            value(
                "[...document.querySelectorAll('[aria-labelledby]')].every(e =>"
                    + " document.getElementById(e.getAttribute('aria-labelledby')))"))
        .isEqualTo(true);
    assertThat(
            value(
                "[...document.querySelectorAll('a')].every(e =>"
                    + " document.querySelector(e.getAttribute('href')))"))
        .isEqualTo(true);
    assertThat(
            value(
                "document.querySelectorAll('[id]').length == new"
                    + " Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"))
        .isEqualTo(true);
  }

  @Test
  void onPaperItHasNoBoxesThatScroll_AndNotAllRecords() throws Exception {
    opened();
    browser.paper();

    assertThat(value("getComputedStyle(document.querySelector('.scroll')).overflowX"))
        .isEqualTo("visible");
    assertThat(
            value(
                "[...document.querySelectorAll('.records tbody tr')].filter(r => r.offsetHeight)"
                    + ".length"))
        .isEqualTo(100L);
    assertThat(value("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
  }

  private static void opened() throws Exception {
    if (!report.toString().equals(value("location.href"))) {
      browser.open(report);
    }
  }

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

package vended.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import vended.report.ReportDocument;
import vended.report.digest.Matrix;
import vended.report.now.AllowListNow;
import vended.report.now.AllowListNow.Switch;
import vended.report.now.AllowListNow.SwitchState;
import vended.report.period.ClientFigures;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;

/** The document of made-up reports, without a browser. */
class ReportPageTest {
  private static final Pattern CELL = Pattern.compile("<t[dh]([^>]*)>([^<]*)</t[dh]>");

  /** The reports are large, so each is made once. */
  private static final Map<SampleSize, ReportDocument> REPORTS = new ConcurrentHashMap<>();

  private static final Map<SampleSize, String> PAGES = new ConcurrentHashMap<>();

  private static ReportDocument report(SampleSize size) {
    return REPORTS.computeIfAbsent(size, SampleReport::of);
  }

  private static String page(SampleSize size) {
    return PAGES.computeIfAbsent(size, any -> ReportPage.of(report(size)));
  }

  @ParameterizedTest
  @FieldSource("vended.report.page.SampleSize#ALL")
  void eachSizeIsOneDocumentOfBoundedSize(SampleSize size) {
    assertThat(page(size)).startsWith("<!DOCTYPE html>\n<html lang=\"en\">").endsWith("</html>\n");
    assertThat(page(size).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_500_000);
  }

  @Test
  void oneReportIsAlwaysTheSameDocument() {
    assertThat(ReportPage.of(SampleReport.of(SampleSize.THOUSAND)))
        .isEqualTo(page(SampleSize.THOUSAND));
  }

  @Test
  void whatStrangersWriteStaysText() {
    String page = page(SampleSize.HOSTILE);

    assertThat(page)
        .doesNotContain("<script", "<img", "<a href=\"h", " onerror=alert(2)&gt;\"", "javascript:")
        .contains("&lt;/style&gt;&lt;/title&gt;&lt;script&gt;alert(1)", "⟦U+202E⟧")
        .doesNotContainPattern("[\\u202A-\\u202E\\u2066-\\u2069\\u200B\\u0007]");
  }

  /** Textual bombs in every text that is shown. */
  @Test
  void textsOfManyBytesAreCut() {
    SampleSize size = new SampleSize("bombs", 900_000, 60, 90, 900, 366, 900, false, true);
    String page = ReportPage.of(SampleReport.of(size));

    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_500_000);
    assertThat(page).endsWith("</html>\n");
  }

  @Test
  void nothingIsASentence_WithoutTablesChartsOrZeros() {
    String page = page(SampleSize.NONE);

    assertThat(page)
        .contains("Nobody asked for credentials in these 31 days.", "Nothing needs a look.")
        .contains("There are no earlier records to compare with")
        .doesNotContain("<table", "<svg", "<details", ">0<");
  }

  @Test
  void oneVendIsASentenceAndALine() {
    String page = page(SampleSize.ONE);

    assertThat(page)
        .contains("One vend: <strong><bdi>Deployer</bdi></strong> got credentials for")
        .contains("<bdi>Amber Bank</bdi>")
        .doesNotContain("<svg", "class=\"matrix", "id=\"new\"")
        .doesNotContainPattern("\\b1 (vends|records|clients|grants|changes|probes)\\b");
  }

  @Test
  void theSummaryHasRatesAndWhatChanged() {
    String page = page(SampleSize.MONTH);

    assertThat(page)
        .contains("<bdi>310,000 vends</bdi></strong> in 31 days, 10,000 a day.")
        .contains("10,000 a day</span>", "+8.7% from 285,200");
  }

  @Test
  void whatMattersMostComesFirst_EachWithWhatToDo() {
    ReportDocument report = stopped(report(SampleSize.MONTH));
    String page = ReportPage.of(report);
    List<String> found = new ArrayList<>();
    Matcher item =
        Pattern.compile(
                "<span class=\"level\">(\\w+)</span> <div><a href=\"#([a-z]+)\">([^<]*)</a><p>")
            .matcher(page);
    while (item.find()) {
      found.add(item.group(1) + ": " + item.group(3));
      assertThat(page).contains("<section id=\"" + item.group(2) + "\"");
    }

    assertThat(found)
        .startsWith(
            "Act: All vending is stopped",
            "Act: 1 client role no longer safe",
            "Act: 2 vends or probes without an outcome",
            "Check: Refusals in a burst: 730 of 1,446 on 21 Oct")
        .endsWith(
            "Know: 573 vends failed",
            "Know: 2 expired grants",
            "Know: New: 15 pairs of a caller and a role, 6 addresses");
  }

  private static ReportDocument stopped(ReportDocument report) {
    AllowListNow now = report.now();
    Switch off = new Switch(SwitchState.STOPPED, "2026-11-01T08:00:00Z", "arn:aws:iam::1:role/x");
    return new ReportDocument(
        report.period(),
        new AllowListNow(
            off,
            now.clients(),
            now.grants(),
            now.disabled(),
            now.suspended(),
            now.drifted(),
            now.corrupt(),
            now.unpinned(),
            now.expired(),
            now.expiring(),
            now.unused(),
            now.young(),
            now.names()),
        report.madeAt(),
        report.madeFor());
  }

  @Test
  void theMatrixLeavesNothingOut() {
    ReportDocument report = report(SampleSize.HUGE);
    String page = page(SampleSize.HUGE);
    int begin = page.indexOf("<table class=\"matrix");
    String table = page.substring(begin, page.indexOf("</table>", begin));

    assertThat(table).contains("360 other callers", "1,950 other clients");
    assertThat(rows(table)).isEqualTo(1 + 50 + 1 + 1);
    long all =
        report.period().pairs().stream().mapToLong(pair -> pair.usage().counts().granted()).sum();
    assertThat(all).isEqualTo(10_000_000);
    assertThat(table).endsWith(">10M</td></tr>\n</tfoot>\n".replace("</td></tr>", "</td>\n</tr>"));
    assertThat(page).contains("The largest 50 clients and 40 callers are shown");
  }

  @Test
  void eachSumOfTheMatrixIsThatOfItsClientOrCaller() {
    ReportDocument report = report(SampleSize.HUGE);
    Matrix matrix = Matrix.of(report.period());
    long left = report.period().totals().vends().granted();
    for (ClientFigures client : report.period().clients()) {
      int row = matrix.clients().indexOf(client.account());
      if (row >= 0) {
        assertThat(matrix.rowSum(row)).isEqualTo(client.usage().counts().granted());
        left -= matrix.rowSum(row);
      }
    }

    assertThat(matrix.rowSum(matrix.clients().size())).isEqualTo(left).isPositive();
    assertThat(matrix.columnSum(0))
        .isEqualTo(report.period().callers().getFirst().usage().counts().granted());
  }

  @Test
  void aSmallMatrixHasEachNumberInFull() {
    String page = page(SampleSize.FEW);
    int begin = page.indexOf("<table class=\"matrix roomy");
    String table = page.substring(begin, page.indexOf("</table>", begin));
    long sum = 0;
    Matcher cell = CELL.matcher(table);
    while (cell.find()) {
      if (cell.group(1).matches(" class=\"s[1-5]\"")) {
        sum += Long.parseLong(cell.group(2).replace(",", ""));
      }
    }

    assertThat(sum).isEqualTo(30);
  }

  private static int rows(String table) {
    return table.split("<tr", -1).length - 1;
  }

  @Test
  void whatIsLeftOutIsCounted_AndWhereToFindItIsSaid() {
    String page = page(SampleSize.HUGE);

    assertThat(page)
        .contains("and 1,950 more; <code>vend audit report --since 2026-10-01 --until 2027-10-02")
        .contains("--format csv</code> has all pairs")
        .contains("The largest 50 of 20,000 pairs");
  }

  @Test
  void clientsOfOneNameHaveTheirAccountsInTheMatrix() {
    ReportDocument report = report(SampleSize.MONTH);
    PeriodFigures figures = report.period();
    List<ClientFigures> twins =
        figures.clients().stream()
            .map(
                one ->
                    new ClientFigures(
                        one.account(), "A Twin's Name", one.callers(), one.roles(), one.usage()))
            .toList();
    PeriodFigures named =
        new PeriodFigures(
            figures.period(),
            figures.rows(),
            figures.totals(),
            figures.previous(),
            figures.timeline(),
            figures.markers(),
            figures.pairs(),
            figures.callers(),
            twins,
            figures.refusals(),
            figures.newAddresses(),
            figures.open(),
            figures.newest());
    String page =
        ReportPage.of(new ReportDocument(named, report.now(), report.madeAt(), report.madeFor()));
    String matrix = page.substring(page.indexOf("class=\"matrix"));

    for (ClientFigures one : twins) {
      assertThat(matrix.substring(0, matrix.indexOf("</table>")))
          .contains(" " + one.account() + "</bdi>");
    }
  }

  @Test
  void theClientsNameComesBeforeItsAccount() {
    ReportDocument report = report(SampleSize.THOUSAND);
    PairFigures largest = report.period().pairs().getFirst();
    String page = page(SampleSize.THOUSAND);

    assertThat(page)
        .containsPattern(
            "<span class=\"name\"><bdi>[A-Z][a-z]+ [A-Z][a-z]+</bdi></span>"
                + " <span class=\"place\"><bdi>"
                + largest.account()
                + "</bdi></span>");
  }
}

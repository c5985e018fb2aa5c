package vended.report.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import vended.audit.query.Period;
import vended.report.digest.Detail;
import vended.report.digest.Matrix;
import vended.report.html.ArnParts;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.HtmlTable;
import vended.report.period.CallerFigures;
import vended.report.period.ClientFigures;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;
import vended.report.period.Usage;

/** Who had access to what: the matrix, and tables by client, by caller and by pair. */
final class AccessSections {
  private static final int MOST = 50;

  /** How many partners a client or a caller is shown with. */
  private static final int PARTNERS = 3;

  private final Html html;
  private final PeriodFigures figures;
  private final Names names;
  private final String all;

  AccessSections(Html html, PeriodFigures figures, Names names) {
    this.html = html;
    this.figures = figures;
    this.names = names;
    this.all = "`%s` has all pairs".formatted(csv(figures.period()));
  }

  private static String csv(Period period) {
    return "vend audit report --since %s --until %s --format csv"
        .formatted(moment(period.since().toString()), moment(period.until().toString()));
  }

  private static String moment(String time) {
    return time.replace("T00:00:00Z", "");
  }

  void write() {
    if (figures.pairs().isEmpty() || Detail.of(figures) != Detail.FULL) {
      return;
    }
    Matrix matrix = Matrix.of(figures);
    html.section("access", "Clients and callers");
    if (matrix.isWorthDrawing()) {
      new MatrixTable(html, matrix, names).write();
    } else {
      pairs();
    }
    html.close();
    if (matrix.isWorthDrawing()) {
      clients();
      callers();
      html.section("pairs", "By caller and client role").open("details");
      int shown = Math.min(MOST, figures.pairs().size());
      html.element(
          "summary",
          "The largest %d of %s pairs".formatted(shown, Formats.number(figures.pairs().size())));
      pairs();
      html.close().note("All pairs: `%s`.".formatted(csv(figures.period()))).close();
    }
  }

  private void clients() {
    Map<String, List<PairFigures>> partners = group(PairFigures::account);
    List<ClientFigures> shown = first(figures.clients());
    long most = shown.getFirst().usage().counts().granted();
    html.section("clients", "By client");
    HtmlTable<ClientFigures> table =
        new HtmlTable<ClientFigures>("Clients, the most granted first")
            .column("Client", "arn", (h, one) -> client(one));
    usage(table, ClientFigures::usage, most)
        .column(
            "Callers",
            "text wide",
            (h, one) ->
                partners(
                    one.callers(),
                    partners.getOrDefault(one.account(), List.of()),
                    pair -> ArnParts.nameOf(pair.caller())))
        .time("Last (UTC)", one -> one.usage().last())
        .elsewhere(all)
        .titled()
        .write(html, shown, figures.clients().size() - shown.size());
    html.close();
  }

  private void client(ClientFigures client) {
    names.client(html, client.account());
    news(client.usage());
  }

  private void callers() {
    Map<String, List<PairFigures>> partners = group(PairFigures::caller);
    List<CallerFigures> shown = first(figures.callers());
    long most = shown.getFirst().usage().counts().granted();
    html.section("callers", "By caller");
    HtmlTable<CallerFigures> table =
        new HtmlTable<CallerFigures>("Callers, the most granted first")
            .column(
                "Caller",
                "arn",
                (h, one) -> {
                  HtmlTable.arn(h, one.caller());
                  news(one.usage());
                });
    usage(table, CallerFigures::usage, most)
        .column(
            "Clients",
            "text wide",
            (h, one) ->
                partners(
                    one.clients(),
                    partners.getOrDefault(one.caller(), List.of()),
                    pair -> names.of(pair.account())))
        .time("Last (UTC)", one -> one.usage().last())
        .elsewhere(all)
        .titled()
        .write(html, shown, figures.callers().size() - shown.size());
    html.close();
  }

  private void pairs() {
    List<PairFigures> shown = first(figures.pairs());
    long most = shown.getFirst().usage().counts().granted();
    HtmlTable<PairFigures> table =
        new HtmlTable<PairFigures>("Callers and client roles, the most granted first")
            .column("Client", "arn", (h, pair) -> names.client(h, pair.account()))
            .role("Client role", PairFigures::roleArn)
            .column(
                "Caller",
                "arn",
                (h, pair) -> {
                  HtmlTable.arn(h, pair.caller());
                  news(pair.usage());
                });
    usage(table, PairFigures::usage, most)
        .time("First (UTC)", pair -> pair.usage().first())
        .time("Last (UTC)", pair -> pair.usage().last())
        .elsewhere(all)
        .titled()
        .write(html, shown, figures.pairs().size() - shown.size());
  }

  private <T> HtmlTable<T> usage(HtmlTable<T> table, Function<T, Usage> of, long most) {
    return table
        .bars("Granted", one -> of.apply(one).counts().granted(), most, one -> "granted")
        .number("Denied", one -> of.apply(one).counts().denied())
        .number("Failed", one -> of.apply(one).counts().failed());
  }

  private void news(Usage usage) {
    if (usage.isNew()) {
      html.text(" ").element("span", "new", "class=new");
    }
  }

  /** Writes the number of partners, and the largest of them by name. */
  private void partners(int count, List<PairFigures> pairs, Function<PairFigures, String> name) {
    Map<String, Long> sums = new LinkedHashMap<>();
    pairs.forEach(pair -> sums.merge(name.apply(pair), pair.usage().counts().granted(), Long::sum));
    List<Map.Entry<String, Long>> largest = new ArrayList<>(sums.entrySet());
    largest.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    html.element("strong", Formats.number(count)).text(": ");
    int shown = Math.min(PARTNERS, largest.size());
    for (int i = 0; i < shown; i++) {
      html.text(i == 0 ? "" : ", ").data(Formats.cut(largest.get(i).getKey(), 40));
      html.text(" " + Formats.number(largest.get(i).getValue()));
    }
    html.text(count > shown ? " …" : "");
  }

  private Map<String, List<PairFigures>> group(Function<PairFigures, String> by) {
    Map<String, List<PairFigures>> groups = new HashMap<>();
    figures
        .pairs()
        .forEach(
            pair -> groups.computeIfAbsent(by.apply(pair), key -> new ArrayList<>()).add(pair));
    return groups;
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(MOST, all.size()));
  }
}

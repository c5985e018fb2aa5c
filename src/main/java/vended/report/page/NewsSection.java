package vended.report.page;

import java.util.List;
import vended.report.digest.News;
import vended.report.html.Html;
import vended.report.html.HtmlTable;
import vended.report.period.CallerFigures;
import vended.report.period.ClientFigures;
import vended.report.period.NewAddress;
import vended.report.period.PairFigures;

/** What was granted for the first time. */
final class NewsSection {
  private static final int MOST = 25;

  private final Html html;
  private final News news;
  private final Names names;

  NewsSection(Html html, News news, Names names) {
    this.html = html;
    this.news = news;
    this.names = names;
  }

  void write() {
    if (!news.isAny()) {
      return;
    }
    html.section("new", "New in this period");
    html.paragraph(
        "Clients, callers and pairs got their first vend on record in this period. An address is"
            + " new to its caller if it was not used in the period before either.");
    HtmlTable<ClientFigures> clients =
        new HtmlTable<ClientFigures>("New clients")
            .column("Client", "arn", (h, one) -> names.client(h, one.account()))
            .time("First vend (UTC)", one -> one.usage().first())
            .number("Granted", one -> one.usage().counts().granted());
    write(clients, news.clients());
    HtmlTable<CallerFigures> callers =
        new HtmlTable<CallerFigures>("New callers")
            .arn("Caller", CallerFigures::caller)
            .time("First vend (UTC)", one -> one.usage().first())
            .number("Granted", one -> one.usage().counts().granted());
    write(callers, news.callers());
    HtmlTable<PairFigures> pairs =
        new HtmlTable<PairFigures>("New pairs of a known caller and a known client")
            .column("Client", "arn", (h, one) -> names.client(h, one.account()))
            .role("Client role", PairFigures::roleArn)
            .arn("Caller", PairFigures::caller)
            .time("First vend (UTC)", one -> one.usage().first())
            .number("Granted", one -> one.usage().counts().granted());
    write(pairs, news.pairs());
    HtmlTable<NewAddress> addresses =
        new HtmlTable<NewAddress>("New addresses")
            .data("Address", "id", NewAddress::address)
            .arn("Caller", NewAddress::caller)
            .time("First vend (UTC)", NewAddress::first);
    write(addresses, news.addresses());
    html.close();
  }

  private <T> void write(HtmlTable<T> table, List<T> rows) {
    if (!rows.isEmpty()) {
      List<T> shown = rows.subList(0, Math.min(MOST, rows.size()));
      table
          .elsewhere("`vend audit report --format json` has all")
          .write(html, shown, rows.size() - shown.size());
    }
  }
}

package vended.report.page;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import vended.allowlist.Grant;
import vended.allowlist.Stored;
import vended.report.ReportDocument;
import vended.report.html.ArnParts;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.HtmlTable;
import vended.report.now.AllowListNow;
import vended.report.now.AllowListNow.Drifted;
import vended.report.now.AllowListNow.Suspended;
import vended.report.now.AllowListNow.Unused;
import vended.report.now.Listing;

/** The sections about the current allow-list. */
final class AllowListSections {
  private static final int MOST = 25;
  private static final String ALL_CLIENTS = "`vend client list` shows all";
  private static final String ALL_GRANTS = "`vend grant list` shows all";

  private final Html html;
  private final Instant madeAt;
  private final AllowListNow now;
  private final Names names;

  AllowListSections(Html html, ReportDocument report, Names names) {
    this.html = html;
    this.madeAt = report.madeAt();
    this.now = report.now();
    this.names = names;
  }

  void write() {
    state();
    if (now.unpinned().count() > 0) {
      html.section("unpinned", "Unpinned grants");
      html.paragraph(
          "An unpinned grant admits whoever has the caller’s name, also a role that somebody"
              + " creates under that name after the caller was deleted.");
      list(grants("Unpinned grants", Function.identity(), table -> {}).titled(), now.unpinned());
      html.close();
    }
    if (now.unused().count() > 0) {
      unused();
    }
    if (now.expiring().count() + now.expired().count() > 0) {
      html.section("ending", "Ending and expired grants");
      list(ending("Grants that end within 14 days"), now.expiring());
      list(ending("Expired grants, which admit nobody"), now.expired());
      html.close();
    }
  }

  private void state() {
    html.section("now", "The allow-list now");
    html.paragraph(
        "On %s it had %s and %s%s. %s"
            .formatted(
                Formats.time(madeAt),
                Formats.count(now.clients(), "client"),
                Formats.count(now.grants(), "grant"),
                now.disabled() == 0
                    ? ""
                    : ", %s disabled".formatted(Formats.number(now.disabled())),
                vending()));
    list(
        new HtmlTable<Suspended>("Suspended clients: all their vends are refused")
            .column("Client", "arn", (h, one) -> HtmlTable.named(h, one.name(), one.account()))
            .data("By", "", one -> one.byClient() ? "the client itself" : "the vendor")
            .elsewhere(ALL_CLIENTS),
        now.suspended());
    list(
        new HtmlTable<Drifted>("Client roles that the last probe found no longer safe")
            .column(
                "Client",
                "arn",
                (h, one) -> HtmlTable.named(h, one.client(), ArnParts.accountOf(one.roleArn())))
            .role("Client role", Drifted::roleArn)
            .data("Probe", "id", Drifted::probeId)
            .elsewhere(ALL_CLIENTS),
        now.drifted());
    list(
        new HtmlTable<String>("Corrupt rows: requests that need them are refused")
            .data("Row", "long", row -> row),
        now.corrupt());
    html.close();
  }

  private String vending() {
    return switch (now.vending().state()) {
      case RUNNING -> "Vending runs.";
      case STOPPED -> "All vending is stopped.";
      case UNREADABLE -> "The switch of all vending is corrupt, so every request is refused.";
    };
  }

  private void unused() {
    html.section("unused", "Grants unused for 90 days");
    html.paragraph(
        "These grants are in force and older than 90 days, but no credentials were granted by them"
            + " since. Remove those that nobody needs.");
    list(
        grants(
                "Grants unused for 90 days",
                Unused::grant,
                table -> table.time("Last used (UTC)", Unused::lastUsed))
            .titled(),
        now.unused());
    if (now.young() > 0) {
      html.note(
          "%s younger than 90 days %s not used yet."
              .formatted(Formats.count(now.young(), "grant"), now.young() == 1 ? "was" : "were"));
    }
    html.close();
  }

  private HtmlTable<Stored<Grant>> ending(String caption) {
    return grants(
        caption,
        Function.identity(),
        table ->
            table.time(
                "Ends (UTC)",
                stored -> {
                  Instant end = stored.value().expiresAt();
                  return end == null ? null : end.toString();
                }));
  }

  /** A table of grants, with columns of its own after those that say which grant it is. */
  private <T> HtmlTable<T> grants(
      String caption, Function<T, Stored<Grant>> grant, Consumer<HtmlTable<T>> own) {
    HtmlTable<T> table = new HtmlTable<>(caption);
    table
        .column(
            "Client", "arn", (h, one) -> names.clientOf(h, grant.apply(one).value().role().value()))
        .role("Client role", one -> grant.apply(one).value().role().value())
        .arn("Caller", one -> grant.apply(one).value().caller().value());
    own.accept(table);
    return table
        .data("Description", one -> grant.apply(one).value().description())
        .time("Made (UTC)", one -> grant.apply(one).createdAt())
        .arn("Changed by", one -> grant.apply(one).updatedBy())
        .elsewhere(ALL_GRANTS);
  }

  private <T> void list(HtmlTable<T> table, Listing<T> listing) {
    if (listing.count() > 0) {
      List<T> shown = listing.shown().subList(0, Math.min(MOST, listing.shown().size()));
      table.write(html, shown, listing.count() - shown.size());
    }
  }
}

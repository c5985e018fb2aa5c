package vended.report.former;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.Stored;
import vended.report.Figure;
import vended.report.GrantFigures;
import vended.report.GrantFigures.Drifted;
import vended.report.GrantFigures.Suspended;
import vended.report.Report;
import vended.report.Shortened;
import vended.report.Unused;

/** The sections about the current allow-list. */
final class GrantSections {
  private static final String NOT_ALL_READ =
      "None was found among the grants that were read, but not all were read.";

  private final Html html;
  private final Report report;
  private final GrantFigures grants;

  GrantSections(Html html, Report report) {
    this.html = html;
    this.report = report;
    this.grants = report.grants();
  }

  void write() {
    state();
    unpinned();
    unused();
    ending();
  }

  private void state() {
    html.section("state", "The allow-list now");
    html.paragraph(
        "On %s it had %s and %s (%s switched off). %s"
            .formatted(
                Formats.time(report.coverage().madeAt()),
                Formats.count(grants.clients(), "client"),
                Formats.count(grants.grants(), "grant"),
                Formats.figure(grants.disabled()),
                vending()));
    if (!grants.whole()) {
      html.warn(
          "It is larger than one report reads: these sections cover the part that was read, and"
              + " there may be more of everything.");
    }
    refusing();
    html.close();
  }

  /** Shows what in the allow-list refuses every vend. */
  private void refusing() {
    if (!grants.suspended().isEmpty()) {
      new HtmlTable<Suspended>("Suspended clients: all their vends are refused")
          .data("Account", "id", Suspended::account)
          .data("Client", Suspended::name)
          .write(html, grants.suspended());
    }
    if (!grants.drifted().isEmpty()) {
      new HtmlTable<Drifted>("Client roles that the last probe found no longer safe")
          .arn("Client role", Drifted::roleArn)
          .data("Client", Drifted::client)
          .data("Probe", "id", Drifted::probeId)
          .write(html, grants.drifted());
    }
    if (!grants.corrupt().isEmpty()) {
      new HtmlTable<String>("Corrupt rows: vends that need them are refused")
          .data("Row", "text long", row -> row)
          .write(html, grants.corrupt());
    }
  }

  private String vending() {
    return switch (grants.vending().state()) {
      case RUNNING -> "Vending runs.";
      case STOPPED -> "All vending is stopped.";
      case UNREADABLE -> "The switch of all vending is corrupt, so every vend is refused.";
    };
  }

  private void unpinned() {
    section(
        "unpinned",
        "Unpinned grants",
        grants.unpinned(),
        "Every grant that has not expired is pinned to its caller’s unique ID.",
        NOT_ALL_READ,
        "An unpinned grant admits whoever has the caller’s name, also a role that somebody creates"
            + " under that name after the caller was deleted. Put it again with a callerId.");
    html.close();
  }

  private void unused() {
    Unused unused = grants.unused();
    section(
        "unused",
        "Grants unused for 90 days",
        unused.grants(),
        "Every active grant was used or made in the last 90 days.",
        "None was found among the grants that were read and looked up, but not all were.",
        "These grants are active, but no credentials were granted by them. Remove those that nobody"
            + " needs.");
    if (unused.notLookedAt().read() > 0) {
      html.warn(
          were(unused.notLookedAt())
              + " not checked, for lack of time or because the caller has too many records.");
    }
    if (unused.young() instanceof Figure.Unknown) {
      html.note(
          "How many grants were made within the 90 days and not used in this period is not known:"
              + " not the whole period was read.");
    } else if (unused.young().read() > 0) {
      html.note(were(unused.young()) + " made within the 90 days and not used in this period.");
    }
    html.close();
  }

  private static String were(Figure count) {
    return Formats.sentence(Formats.count(count, "grant")) + (count.read() == 1 ? " was" : " were");
  }

  private void ending() {
    html.section("ending", "Expired and ending grants");
    if (grants.expiring().isEmpty() && grants.expired().isEmpty()) {
      html.nothing(
          grants.expiring().count().plus(grants.expired().count()),
          "No enabled grant ends within 14 days, and no expired one is left.",
          NOT_ALL_READ);
    }
    if (!grants.expiring().isEmpty()) {
      table("Grants that end within 14 days", grants.expiring());
    }
    if (!grants.expired().isEmpty()) {
      html.paragraph(
          "Expired grants admit nobody. DynamoDB deletes them some days after their end.");
      table("Expired grants", grants.expired());
    }
    html.close();
  }

  /** Opens a section about a list of grants: what it means, or that there is none. */
  private void section(
      String id,
      String name,
      Shortened<Stored<Grant>> found,
      String certainlyNone,
      String noneRead,
      String meaning) {
    html.section(id, name);
    if (found.isEmpty()) {
      html.nothing(found.count(), certainlyNone, noneRead);
    } else {
      html.paragraph(meaning);
      table(name, found);
    }
  }

  private void table(String caption, Shortened<Stored<Grant>> found) {
    new HtmlTable<Stored<Grant>>(caption)
        .arn("Caller", stored -> stored.value().caller().value())
        .arn("Client role", stored -> stored.value().role().value())
        .data("Pinned to", "id", stored -> stored.value().callerId())
        .data("Ends", "time", stored -> text(stored.value().expiresAt()))
        .data("Description", stored -> stored.value().description())
        .data("Made", "time", Stored::createdAt)
        .arn("Changed by", Stored::updatedBy)
        .write(html, found);
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}

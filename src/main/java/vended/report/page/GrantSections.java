package vended.report.page;

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

/** The sections about the allow-list, as it is now. */
final class GrantSections {
  private final Html html;
  private final Report report;
  private final GrantFigures grants;

  GrantSections(Html html, Report report) {
    this.html = html;
    this.report = report;
    this.grants = report.grants();
  }

  void state() {
    Section.open(html, "state", "The allow-list now");
    html.element(
        "p",
        "On %s it had %s and %s (%s switched off). %s"
            .formatted(
                Formats.time(report.coverage().madeAt()),
                Formats.count(grants.clients(), "client"),
                Formats.count(grants.grants(), "grant"),
                Formats.figure(grants.disabled()),
                vending()));
    if (!grants.whole()) {
      Section.warn(
          html,
          "It is larger than one report reads: what is said of it holds for the part that was read,"
              + " and there may be more of everything.");
    }
    refusing();
    html.close();
  }

  /** What refuses all vends of it. */
  private void refusing() {
    if (!grants.suspended().isEmpty()) {
      new HtmlTable<Suspended>("Suspended clients: all their vends are refused", "plain")
          .data("Account", "id", Suspended::account)
          .data("Client", Suspended::name)
          .write(html, grants.suspended().shown(), grants.suspended().left());
    }
    if (!grants.drifted().isEmpty()) {
      new HtmlTable<Drifted>("Client roles that the last probe found not safe any more", "plain")
          .arn("Client role", Drifted::roleArn)
          .data("Client", Drifted::client)
          .data("Probe", "id", Drifted::probeId)
          .write(html, grants.drifted().shown(), grants.drifted().left());
    }
    if (!grants.corrupt().isEmpty()) {
      new HtmlTable<String>("Rows that can’t be trusted, so they refuse", "plain")
          .data("Row", "text long", row -> row)
          .write(html, grants.corrupt().shown(), grants.corrupt().left());
    }
  }

  private String vending() {
    return switch (grants.vending().state()) {
      case RUNNING -> "Vending runs.";
      case STOPPED -> "All vending is stopped.";
      case UNREADABLE -> "The switch of all vending can’t be read, so all vends are refused.";
    };
  }

  void unpinned() {
    Section.open(html, "unpinned", "Unpinned grants");
    if (grants.unpinned().isEmpty()) {
      Section.nothing(
          html,
          grants.unpinned().count(),
          "Each grant that has not expired is pinned to its caller’s unique ID.",
          "None was found among the grants that were read. Not all were.");
    } else {
      html.element(
          "p",
          "An unpinned grant holds for whoever has the caller’s name: also for a role that somebody"
              + " makes under that name after the caller was deleted. Put it again with a"
              + " callerId.");
      table("Unpinned grants", grants.unpinned());
    }
    html.close();
  }

  void unused() {
    Section.open(html, "unused", "Grants unused for 90 days");
    Unused unused = grants.unused();
    if (unused.grants().isEmpty()) {
      Section.nothing(
          html,
          unused.grants().count(),
          "Each grant that holds was used in the last 90 days, or made in them.",
          "None was found among the grants that were read and looked up. Not all were.");
    } else {
      html.element(
          "p",
          "A grant in this list holds, and no credentials were granted by it. What nobody needs can"
              + " go.");
      table("Unused grants", unused.grants());
    }
    leftOut(unused);
    html.close();
  }

  private void leftOut(Unused unused) {
    if (unused.notLookedAt().read() > 0) {
      Section.warn(
          html,
          were(unused.notLookedAt())
              + " not looked at, for lack of time or because the caller does very much.");
    }
    switch (unused.young()) {
      case Figure.Unknown unknown ->
          Section.note(
              html,
              "How many grants were made within the 90 days, and not used in the time of this"
                  + " report, is not known: not all of that time was read.");
      case Figure young when young.read() > 0 ->
          Section.note(
              html,
              were(young) + " made within the 90 days, and not used in the time of this report.");
      default -> {}
    }
  }

  private static String were(Figure count) {
    return Formats.sentence(Formats.count(count, "grant")) + (count.read() == 1 ? " was" : " were");
  }

  void ending() {
    Section.open(html, "ending", "Expired and ending grants");
    if (grants.expiring().isEmpty() && grants.expired().isEmpty()) {
      Section.nothing(
          html,
          grants.expiring().count().plus(grants.expired().count()),
          "No enabled grant ends within 14 days, and no expired one is left.",
          "None was found among the grants that were read. Not all were.");
    }
    if (!grants.expiring().isEmpty()) {
      table("Grants that end within 14 days", grants.expiring());
    }
    if (!grants.expired().isEmpty()) {
      html.element(
          "p", "Expired grants let nobody in. DynamoDB takes them away some days after their end.");
      table("Expired grants", grants.expired());
    }
    html.close();
  }

  private void table(String caption, Shortened<Stored<Grant>> listed) {
    new HtmlTable<Stored<Grant>>(caption, "plain")
        .arn("Caller", kept -> kept.value().caller().value())
        .arn("Client role", kept -> kept.value().role().value())
        .data("Pinned to", "id", kept -> kept.value().callerId())
        .data("Ends", "time", kept -> text(kept.value().expiresAt()))
        .data("Description", kept -> kept.value().description())
        .data("Made", "time", Stored::createdAt)
        .arn("Changed by", Stored::updatedBy)
        .write(html, listed.shown(), listed.left());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}

package vended.report.page;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.Kept;
import vended.report.GrantFigures;
import vended.report.GrantFigures.Drifted;
import vended.report.GrantFigures.Suspended;
import vended.report.Listed;
import vended.report.Report;
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
    section("state", "The allow-list now");
    html.element(
        "p",
        "On %s it had %s and %s, %s of them switched off. %s"
            .formatted(
                Words.time(report.coverage().madeAt()),
                Words.count(grants.clients(), "client"),
                Words.count(grants.grants(), "grant"),
                Words.number(grants.disabled()),
                vending()));
    if (!grants.whole()) {
      html.element(
          "p",
          "It is larger than one report reads: what is said of it holds for that part of it only.",
          "class",
          "note warn");
    }
    if (grants.suspended().count() > 0) {
      new Table<Suspended>("Suspended clients: all their vends are refused", "plain")
          .data("Account", "id", Suspended::account)
          .data("Client", Suspended::name)
          .write(html, grants.suspended().shown(), left(grants.suspended()));
    }
    if (grants.drifted().count() > 0) {
      new Table<Drifted>("Client roles that the last probe found not safe any more", "plain")
          .arn("Client role", Drifted::roleArn)
          .data("Client", Drifted::client)
          .data("Probe", "id", Drifted::probeId)
          .write(html, grants.drifted().shown(), left(grants.drifted()));
    }
    if (grants.corrupt().count() > 0) {
      new Table<String>("Rows that can’t be trusted, so they refuse", "plain")
          .data("Row", "text long", row -> row)
          .write(html, grants.corrupt().shown(), left(grants.corrupt()));
    }
    html.close();
  }

  private String vending() {
    return switch (grants.vending().state()) {
      case RUNNING -> "Vending runs.";
      case STOPPED -> "All vending is stopped.";
      case UNREADABLE -> "The switch of all vending can’t be read, so all vends are refused.";
    };
  }

  void unpinned() {
    section("unpinned", "Unpinned grants");
    if (grants.unpinned().count() == 0) {
      nothing("Each grant is pinned to its caller’s unique ID.");
    } else {
      html.element(
          "p",
          "They hold for whoever has the caller’s name: also for a role that somebody makes under"
              + " that name after the caller was deleted. Put them again with a callerId.");
      table("Unpinned grants", grants.unpinned());
    }
    html.close();
  }

  void unused() {
    section("unused", "Grants unused for 90 days");
    Unused unused = grants.unused();
    if (unused.grants().count() == 0) {
      nothing(
          unused.notLookedAt() == 0
              ? "Each grant that holds was used in the last 90 days, or made in them."
              : "None was found among those that were looked at.");
    } else {
      html.element(
          "p", "They hold, and no credentials were granted by them. What nobody needs can go.");
      table("Unused grants", unused.grants());
    }
    if (unused.notLookedAt() > 0) {
      html.element(
          "p",
          "%s not looked at, for want of time or because the caller does very much."
              .formatted(were(unused.notLookedAt())),
          "class",
          "note warn");
    }
    if (unused.young() > 0) {
      html.element(
          "p",
          "%s made within the 90 days, and not used in the time of this report."
              .formatted(were(unused.young())),
          "class",
          "note");
    }
    html.close();
  }

  private static String were(int count) {
    return Words.count(count, "grant") + (count == 1 ? " was" : " were");
  }

  void ending() {
    section("ending", "Expired and ending grants");
    if (grants.expiring().count() == 0 && grants.expired().count() == 0) {
      nothing("No grant ends within 14 days, and no expired one is left.");
    }
    if (grants.expiring().count() > 0) {
      table("Grants that end within 14 days", grants.expiring());
    }
    if (grants.expired().count() > 0) {
      html.element(
          "p", "Expired grants let nobody in. DynamoDB takes them away some days after their end.");
      table("Expired grants", grants.expired());
    }
    html.close();
  }

  private void table(String caption, Listed<Kept<Grant>> listed) {
    new Table<Kept<Grant>>(caption, "plain")
        .arn("Caller", kept -> kept.value().caller().value())
        .arn("Client role", kept -> kept.value().role().value())
        .data("Pinned to", "id", kept -> kept.value().callerId())
        .data("Ends", "time", kept -> text(kept.value().expiresAt()))
        .data("Description", kept -> kept.value().description())
        .data("Made", "time", Kept::createdAt)
        .arn("Changed by", Kept::updatedBy)
        .write(html, listed.shown(), left(listed));
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static int left(Listed<?> listed) {
    return listed.count() - listed.shown().size();
  }

  private void nothing(String text) {
    html.element("p", text, "class", "nothing");
  }

  private void section(String id, String name) {
    html.open("section", "aria-labelledby", id).element("h2", name, "id", id);
  }
}

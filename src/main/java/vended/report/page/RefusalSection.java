package vended.report.page;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.audit.ChangeRecord.ChangeOutcome;
import vended.audit.Outcome;
import vended.audit.form.ReasonText;
import vended.report.digest.Detail;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.HtmlTable;
import vended.report.period.PeriodFigures;
import vended.report.period.Refusals;
import vended.report.period.Refusals.Kind;
import vended.report.period.Refusals.ReasonCount;

/** What was not granted, and why. */
final class RefusalSection {
  private static final int MOST = 25;

  private final Html html;
  private final PeriodFigures figures;
  private final Names names;

  RefusalSection(Html html, PeriodFigures figures, Names names) {
    this.html = html;
    this.figures = figures;
    this.names = names;
  }

  void write() {
    Refusals refusals = figures.refusals();
    if (refusals.reasons().isEmpty() && Detail.of(figures) != Detail.FULL) {
      return;
    }
    html.section("refusals", "Refusals and failures");
    if (refusals.reasons().isEmpty()) {
      html.nothing("Nothing was denied, and nothing failed.");
    } else {
      reasons(refusals.reasons());
      kinds(refusals);
    }
    html.close();
  }

  private void reasons(List<ReasonCount> reasons) {
    long most = reasons.getFirst().count();
    new HtmlTable<ReasonCount>("By reason")
        .column("What it means", "text wide", RefusalSection::meaning)
        .column("Outcome", "tags", (h, r) -> outcome(h, r.outcome()))
        .bars("Count", ReasonCount::count, most, r -> tag(r.outcome()))
        .write(
            html,
            reasons.subList(0, Math.min(MOST, reasons.size())),
            Math.max(0, reasons.size() - MOST));
  }

  /** Writes what a reason means, and below it the word that the audit can be asked for. */
  private static void meaning(Html html, ReasonCount reason) {
    String text = ReasonText.of(reason.reason());
    html.open("span", "class=name").data(text.isEmpty() ? reason.reason() : text).close();
    if (!text.isEmpty()) {
      html.text(" ").element("span", reason.reason(), "class=place");
    }
  }

  private void kinds(Refusals refusals) {
    List<Kind> shown = refusals.kinds().subList(0, Math.min(MOST, refusals.kinds().size()));
    int left = refusals.kinds().size() - shown.size();
    new HtmlTable<Kind>("The most frequent: who was refused what")
        .column("Client", "arn", (h, kind) -> names.clientOf(h, kind.roleArn()))
        .role("Client role", Kind::roleArn)
        .arn("Caller", Kind::caller)
        .column(
            "Why",
            "text",
            (h, kind) -> {
              outcome(h, kind.outcome());
              h.text(" ").open("span", "class=place").data(kind.reason()).close();
            })
        .number("Count", Kind::count)
        .time("First (UTC)", Kind::first)
        .time("Last (UTC)", Kind::last)
        .elsewhere("`vend audit --outcome denied` lists refusals, `failed` failures")
        .write(html, shown, left);
    if (refusals.otherKinds() > 0) {
      html.note(
          "%s of still other kinds: there are more kinds than a report can tell apart."
              .formatted(Formats.count(refusals.otherKinds(), "refusal")));
    }
  }

  /** Writes an outcome as a word with a colour. */
  static void outcome(Html html, @Nullable String outcome) {
    if (outcome == null || outcome.isEmpty()) {
      html.data(null);
    } else {
      html.open("span", "class=tag " + tag(outcome)).data(outcome).close();
    }
  }

  private static String tag(String outcome) {
    return ChangeOutcome.MADE.code().equals(outcome)
        ? Outcome.GRANTED.code()
        : Outcome.parse(outcome).map(Outcome::code).orElse("unknown");
  }
}

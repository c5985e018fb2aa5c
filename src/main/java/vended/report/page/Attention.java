package vended.report.page;

import java.util.List;
import java.util.Locale;
import vended.report.digest.Finding;
import vended.report.digest.Findings;
import vended.report.html.Html;
import vended.report.now.AllowListNow.Switch;

/** What somebody should look at, the worst first, each with what to do. */
final class Attention {
  private final Html html;
  private final Findings findings;
  private final Switch vending;

  Attention(Html html, Findings findings, Switch vending) {
    this.html = html;
    this.findings = findings;
    this.vending = vending;
  }

  void write() {
    html.section("look", "To look at");
    List<Finding> found = findings.found();
    if (found.isEmpty()) {
      html.nothing("Nothing needs a look.");
    } else {
      html.open("ol", "class=look");
      found.forEach(this::item);
      html.close();
    }
    if (!findings.absent().isEmpty()) {
      html.note("Looked for and not found: " + String.join(", ", findings.absent()) + ".");
    }
    html.close();
  }

  private void item(Finding finding) {
    String level = finding.level().word();
    html.open("li", "class=" + level.toLowerCase(Locale.ROOT));
    html.element("span", level, "class=level").text(" ").open("div");
    html.element("a", finding.what(), "href=#" + finding.section());
    html.open("p").prose(finding.advice());
    if (finding.what().equals("All vending is stopped")) {
      by();
    }
    html.close().close().close();
  }

  private void by() {
    if (vending.by() != null) {
      html.text(" Stopped by ").data(vending.by());
      if (vending.at() != null) {
        html.text(" at ").data(vending.at());
      }
      html.text(".");
    }
  }
}

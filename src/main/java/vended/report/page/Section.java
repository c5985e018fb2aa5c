package vended.report.page;

import vended.report.Figure;

/** What every section can have: a heading, notes, and a tick if nothing needs attention. */
final class Section {
  private Section() {}

  static void open(Html html, String id, String name) {
    html.open("section", "aria-labelledby=" + id).element("h2", name, "id=" + id);
  }

  /**
   * Says that there is nothing to show, with a tick only if that is certain.
   *
   * @param count how many there are: 0, as far as rows were read
   * @param certain the text if there are certainly none
   * @param otherwise the text if there can be some among the rows that were not read
   */
  static void nothing(Html html, Figure count, String certain, String otherwise) {
    if (count.isCertainlyZero()) {
      html.element("p", certain, "class=nothing");
    } else {
      warn(html, otherwise);
    }
  }

  static void note(Html html, String text) {
    html.element("p", text, "class=note");
  }

  /** Writes a note about a limit of what the section says. */
  static void warn(Html html, String text) {
    html.element("p", text, "class=note warn");
  }
}

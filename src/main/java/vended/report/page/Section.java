package vended.report.page;

import vended.report.Figure;

/** What all sections have: a heading, notes, and a tick where it is earned. */
final class Section {
  private Section() {}

  static void open(Html html, String id, String name) {
    html.open("section", "aria-labelledby", id).element("h2", name, "id", id);
  }

  /**
   * Says that there is nothing to show: with a tick if that is certain, and else without.
   *
   * @param count how many there are, as far as was read none
   * @param certain what holds if there are certainly none
   * @param otherwise what holds if there may be some that were not read
   */
  static void nothing(Html html, Figure count, String certain, String otherwise) {
    if (count.isCertainlyZero()) {
      html.element("p", certain, "class", "nothing");
    } else {
      warn(html, otherwise);
    }
  }

  static void note(Html html, String text) {
    html.element("p", text, "class", "note");
  }

  /** A note about something that limits what the section says. */
  static void warn(Html html, String text) {
    html.element("p", text, "class", "note warn");
  }
}

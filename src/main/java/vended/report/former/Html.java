package vended.report.former;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.report.Figure;
import vended.text.VisibleText;

/**
 * Writes HTML. No call writes unescaped text, an element or attribute that is not on the lists
 * here, a link out of the document, or an element that is not closed. So every text stays text,
 * whatever it says.
 */
final class Html {
  /** Lambda answers at most 6 MB, in which each quote takes two bytes. */
  private static final int MOST_BYTES = 3_500_000;

  /** The longest text of a record that is shown, in characters. */
  private static final int MOST_DATA = 256;

  private static final Set<String> ELEMENTS =
      words(
          """
          html head meta title style body header nav main section footer h1 h2 p ul li a div span
          strong bdi dl dt dd details summary table caption thead tbody tr th td
          figure figcaption svg g rect path text\
          """);

  private static final Set<String> VOID = words("meta rect path");

  /** None of them runs anything, and only {@code href} could lead anywhere. */
  private static final Set<String> ATTRIBUTES =
      words(
          """
          lang charset name content http-equiv class id href role scope colspan tabindex
          aria-label aria-labelledby aria-hidden
          viewBox preserveAspectRatio width height x y d text-anchor\
          """);

  private static final Pattern WITHIN = Pattern.compile("#[a-z-]+");

  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> opened = new ArrayDeque<>();

  /** How many bytes the characters take beyond one each. */
  private int more;

  private static Set<String> words(String text) {
    return Set.of(text.split("\\s+"));
  }

  /**
   * Begins an element.
   *
   * @param attributes each as {@code name=value}; values are escaped
   */
  Html open(String element, String... attributes) {
    if (!ELEMENTS.contains(element)) {
      throw new IllegalArgumentException("not an element of reports");
    }
    out.append('<').append(element);
    for (String attribute : attributes) {
      int end = attribute.indexOf('=');
      attribute(attribute.substring(0, Math.max(end, 0)), attribute.substring(end + 1));
    }
    if (VOID.contains(element)) {
      out.append("/>");
    } else {
      out.append('>');
      opened.push(element);
    }
    return this;
  }

  private void attribute(String name, String value) {
    if (!ATTRIBUTES.contains(name) || (name.equals("href") && !WITHIN.matcher(value).matches())) {
      throw new IllegalArgumentException("not an attribute of reports");
    }
    out.append(' ').append(name).append("=\"");
    text(value);
    out.append('"');
  }

  /** Ends the innermost open element. */
  Html close() {
    String element = opened.pop();
    out.append("</").append(element).append('>');
    if (!element.equals("span") && !element.equals("bdi")) {
      out.append('\n');
    }
    return this;
  }

  /** Writes the report's own text. */
  Html text(String text) {
    escape(VisibleText.of(text));
    return this;
  }

  /**
   * Writes text of a record: with a direction of its own, and shortened, which it says. A dash
   * stands for no text.
   */
  Html data(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return element("span", "–", "class=none");
    }
    open("bdi");
    if (text.length() <= MOST_DATA) {
      text(text);
    } else {
      int end = text.offsetByCodePoints(0, text.codePointCount(0, MOST_DATA));
      text(text.substring(0, end));
      element("span", "… " + Formats.number(text.length() - end) + " more", "class=cut");
    }
    return close();
  }

  /** Writes an element that has only text. */
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  Html paragraph(String text) {
    return element("p", text);
  }

  /** Opens a section with a heading. */
  Html section(String id, String name) {
    return open("section", "aria-labelledby=" + id).element("h2", name, "id=" + id);
  }

  Html note(String text) {
    return element("p", text, "class=note");
  }

  /** Writes a note about a limit of what the section says. */
  Html warn(String text) {
    return element("p", text, "class=note warn");
  }

  /**
   * Says that there is nothing to show, with a tick only if that is certain.
   *
   * @param count how many there are: 0, as far as rows were read
   * @param certain the text if there are certainly none
   * @param otherwise the text if there can be some among the rows that were not read
   */
  Html nothing(Figure count, String certain, String otherwise) {
    return count.isCertainlyZero() ? element("p", certain, "class=nothing") : warn(otherwise);
  }

  /** Writes the style unescaped: the policy names it by its hash. */
  Html style(Style style) {
    open("style");
    out.append(style.text());
    return close();
  }

  /** Whether the document has no room for more rows. */
  boolean isFull() {
    return out.length() + more > MOST_BYTES;
  }

  /** Returns the document. */
  String document() {
    if (!opened.isEmpty()) {
      throw new IllegalStateException("not closed: " + opened);
    }
    return out.toString();
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> {
          out.append(c);
          more += c > '~' ? 2 : 0;
        }
      }
    }
  }
}

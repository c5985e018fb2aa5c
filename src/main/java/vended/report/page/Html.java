package vended.report.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Pattern;
import vended.text.VisibleText;

/**
 * Writes HTML. There is no way to write text that is not escaped, an element or attribute that is
 * not on the lists here, a link out of the document, or an element that is not closed. So whatever
 * a text says, it is text.
 */
final class Html {
  /** Lambda answers 6 MB at most, in which each quote takes two bytes. */
  private static final int MOST_BYTES = 3_500_000;

  /** The longest text of a record that is shown, in characters. */
  private static final int MOST_DATA = 256;

  private static final Set<String> ELEMENTS =
      Set.of(
          "html",
          "head",
          "meta",
          "title",
          "style",
          "body",
          "header",
          "nav",
          "main",
          "section",
          "footer",
          "h1",
          "h2",
          "h3",
          "p",
          "ul",
          "ol",
          "li",
          "a",
          "div",
          "span",
          "strong",
          "bdi",
          "code",
          "time",
          "dl",
          "dt",
          "dd",
          "details",
          "summary",
          "table",
          "caption",
          "thead",
          "tbody",
          "tr",
          "th",
          "td",
          "figure",
          "figcaption",
          "svg",
          "g",
          "rect",
          "path",
          "text");

  private static final Set<String> VOID = Set.of("meta", "rect", "path");

  /** None of them runs anything, and only {@code href} could lead anywhere. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "lang",
          "charset",
          "name",
          "content",
          "http-equiv",
          "class",
          "id",
          "href",
          "role",
          "scope",
          "colspan",
          "tabindex",
          "aria-label",
          "aria-labelledby",
          "aria-hidden",
          "viewBox",
          "preserveAspectRatio",
          "width",
          "height",
          "x",
          "y",
          "d",
          "text-anchor",
          "datetime");

  private static final Pattern WITHIN = Pattern.compile("#[a-z-]+");

  private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
  private final Deque<String> opened = new ArrayDeque<>();

  /** How many bytes the other characters take beyond one. */
  private int more;

  /**
   * Begins an element.
   *
   * @param attributes names and values, by turns; values are escaped
   */
  Html open(String element, String... attributes) {
    if (!ELEMENTS.contains(element)) {
      throw new IllegalArgumentException("not an element of reports");
    }
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      attribute(attributes[i], attributes[i + 1]);
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
    escape(VisibleText.of(value));
    out.append('"');
  }

  /** Ends the element that was begun last and has not ended. */
  Html close() {
    String element = opened.pop();
    out.append("</").append(element).append('>');
    if (!element.equals("span") && !element.equals("bdi") && !element.equals("code")) {
      out.append('\n');
    }
    return this;
  }

  /** The report's own text. */
  Html text(String text) {
    escape(VisibleText.of(text));
    return this;
  }

  /**
   * Text of a record: set apart, so that its direction is its own, and shortened. It says by how
   * much.
   */
  Html data(String text) {
    open("bdi");
    if (text.length() <= MOST_DATA) {
      text(text);
    } else {
      int end = text.offsetByCodePoints(0, text.codePointCount(0, MOST_DATA));
      text(text.substring(0, end));
      element("span", "… " + Formats.number(text.length() - end) + " more", "class", "cut");
    }
    return close();
  }

  /** An element with nothing but text. */
  Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** The style, which is not escaped: the one that the policy names by its hash. */
  Html style(Style style) {
    open("style");
    out.append(style.text());
    return close();
  }

  /** Whether no more rows should be added. */
  boolean isFull() {
    return out.length() + more > MOST_BYTES;
  }

  /** The document. */
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

package vended.report.html;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vended.text.VisibleText;

/**
 * Writes HTML. No call writes unescaped text, an element or attribute that is not on the lists
 * here, a link out of the document, or an element that is not closed. So every text stays text,
 * whatever it says.
 */
public final class Html {
  /** Tables end here, in bytes of UTF-8; what follows them adds less than 100 KB. */
  private static final int MOST_BYTES = 1_300_000;

  /** The longest text of a record that is shown, in characters. */
  private static final int MOST_DATA = 160;

  private static final Set<String> ELEMENTS =
      words(
          """
          html head meta title style body header nav main section footer h1 h2 h3 p ul ol li a div
          span strong code bdi dl dt dd details summary table caption thead tbody tfoot tr th td
          figure figcaption svg g rect path text\
          """);

  private static final Set<String> VOID = words("meta rect path");

  /** None of them runs anything, and only {@code href} could lead anywhere. */
  private static final Set<String> ATTRIBUTES =
      words(
          """
          lang charset name content http-equiv class id href role scope colspan tabindex open title
          aria-label aria-labelledby aria-hidden
          width height x y d text-anchor\
          """);

  private static final Pattern WITHIN = Pattern.compile("#[a-z-]+");

  /** Elements after which a line break would become a space that is seen. */
  private static final Set<String> INLINE = words("span bdi code strong a");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> opened = new ArrayDeque<>();

  /** The headings of the sections, by their IDs. */
  private final Map<String, String> sections = new LinkedHashMap<>();

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
  public Html open(String element, String... attributes) {
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
  public Html close() {
    String element = opened.pop();
    out.append("</").append(element).append('>');
    if (!INLINE.contains(element)) {
      out.append('\n');
    }
    return this;
  }

  /** Writes the report's own text. */
  public Html text(String text) {
    escape(VisibleText.of(text));
    return this;
  }

  /**
   * Writes text of a record: with a direction of its own, and shortened, which it says. A dash
   * stands for no text.
   */
  public Html data(@Nullable String text) {
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

  /** Writes the report's own text, in which backticks enclose commands and words of the API. */
  public Html prose(String text) {
    String[] parts = text.split("`", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        text(parts[i]);
      } else {
        element("code", parts[i]);
      }
    }
    return this;
  }

  /** Writes an element that has only text. */
  public Html element(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close();
  }

  /** Writes a paragraph of {@link #prose}. */
  public Html paragraph(String text) {
    return open("p").prose(text).close();
  }

  /** Opens a section with a heading. */
  public Html section(String id, String name) {
    sections.put(id, name);
    return open("section", "id=" + id, "aria-labelledby=" + id + "-title")
        .element("h2", name, "id=" + id + "-title");
  }

  /** Writes links to the sections of a part that is included later. */
  public Html contents(Html part) {
    open("ul");
    part.sections.forEach((id, name) -> open("li").element("a", name, "href=#" + id).close());
    return close();
  }

  /** Writes what was written elsewhere, where each text was escaped. */
  public Html include(Html part) {
    part.checkClosed();
    out.append(part.out);
    return this;
  }

  /** Writes a paragraph of {@link #prose} that is less important. */
  public Html note(String text) {
    return open("p", "class=note").prose(text).close();
  }

  /** Says that there is nothing to list, which is good. */
  public Html nothing(String text) {
    return element("p", text, "class=nothing");
  }

  /** Writes the style unescaped: the policy names it by its hash. */
  public Html style(Style style) {
    open("style");
    out.append(style.text());
    return close();
  }

  /** Whether the document has no room for more rows. */
  boolean isFull() {
    return out.length() + more > MOST_BYTES;
  }

  /** Returns the document. */
  public String document() {
    checkClosed();
    return "<!DOCTYPE html>\n" + out;
  }

  private void checkClosed() {
    if (!opened.isEmpty()) {
      throw new IllegalStateException("not closed: " + opened);
    }
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

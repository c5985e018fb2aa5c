package vended.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table for screen readers, too, in a box that scrolls by itself, also by keys. The first column
 * names its row.
 *
 * @param <T> the type of a row
 */
public final class HtmlTable<T> {
  private final String caption;
  private final String kind;
  private final List<Column<T>> columns = new ArrayList<>();

  /** How to get the rows that are left out, if there is a way. */
  private String elsewhere = "";

  private boolean titled;

  private record Column<T>(String head, String kind, BiConsumer<Html, T> cell) {}

  public HtmlTable(String caption) {
    this(caption, "plain");
  }

  /**
   * A table of a class that the style sheet knows.
   *
   * @param kind the class
   */
  public HtmlTable(String caption, String kind) {
    this.caption = caption;
    this.kind = kind;
  }

  /** Adds a column of texts of records. */
  public HtmlTable<T> data(String head, Function<T, @Nullable String> value) {
    return data(head, "text", value);
  }

  /**
   * Adds a column of texts of records.
   *
   * @param columnKind its width: {@code text}, {@code long}, or without line breaks: {@code id}
   */
  public HtmlTable<T> data(String head, String columnKind, Function<T, @Nullable String> value) {
    return column(head, columnKind, (html, row) -> html.data(value.apply(row)));
  }

  /** Adds a column of times, to the minute. */
  public HtmlTable<T> time(String head, Function<T, @Nullable String> value) {
    return column(head, "time", (html, row) -> html.data(Formats.minute(value.apply(row))));
  }

  /** Adds a column of ARNs: the name, and below it the rest. */
  public HtmlTable<T> arn(String head, Function<T, @Nullable String> value) {
    return column(head, "arn", (html, row) -> arn(html, value.apply(row)));
  }

  /** Writes the name of an ARN, and below it the rest. */
  public static void arn(Html html, @Nullable String text) {
    ArnParts parts = text == null ? null : ArnParts.of(text).orElse(null);
    if (parts == null) {
      html.data(text);
    } else {
      named(html, parts.name(), parts.place());
    }
  }

  /** Writes a name of at most 80 characters, and below it where it belongs. */
  public static void named(Html html, String name, String place) {
    html.open("span", "class=name").data(Formats.cut(name, 80)).close();
    html.text(" ").open("span", "class=place").data(place).close();
  }

  /**
   * Adds a column of client roles: the name, and below it the path. Their account is in the column
   * of the client.
   */
  public HtmlTable<T> role(String head, Function<T, @Nullable String> value) {
    return column(
        head,
        "arn",
        (html, row) -> {
          String text = value.apply(row);
          ArnParts parts = text == null ? null : ArnParts.of(text).orElse(null);
          if (parts == null) {
            html.data(text);
          } else {
            named(html, parts.name(), parts.path());
          }
        });
  }

  /** Adds a column of numbers. */
  public HtmlTable<T> number(String head, ToLongFunction<T> value) {
    return column(
        head,
        "number",
        (html, row) -> {
          long number = value.applyAsLong(row);
          if (number == 0) {
            html.element("span", "0", "class=none");
          } else {
            html.text(Formats.number(number));
          }
        });
  }

  /**
   * Adds a column of numbers with bars.
   *
   * @param most what the longest bar stands for
   * @param barKind the class of a bar, which gives its colour
   */
  public HtmlTable<T> bars(
      String head, ToLongFunction<T> value, long most, Function<T, String> barKind) {
    return column(
        head,
        "number",
        (html, row) -> {
          long number = value.applyAsLong(row);
          String width = String.format(Locale.ROOT, "%.1f%%", 100.0 * number / Math.max(1, most));
          html.text(Formats.number(number) + " ");
          html.open("svg", "class=share " + barKind.apply(row), "aria-hidden=true")
              .open("rect", "class=bar", "width=" + width, "height=100%")
              .close();
        });
  }

  /** Adds a column that writes its own cells. */
  public HtmlTable<T> column(String head, String columnKind, BiConsumer<Html, T> cell) {
    columns.add(new Column<>(head, columnKind, cell));
    return this;
  }

  /** Says how to get rows that are left out: a phrase such as “`vend grant list` shows all”. */
  public HtmlTable<T> elsewhere(String way) {
    elsewhere = way;
    return this;
  }

  /** Leaves the caption to screen readers: the heading above the table says what it is. */
  public HtmlTable<T> titled() {
    titled = true;
    return this;
  }

  /** Writes the table. */
  public void write(Html html, List<T> rows) {
    write(html, rows, 0);
  }

  /**
   * Writes the table.
   *
   * @param left how many rows there are besides these; a last row says so
   */
  public void write(Html html, List<T> rows, long left) {
    html.open("div", "class=scroll", "role=region", "tabindex=0", "aria-label=" + caption);
    html.open("table", "class=" + kind);
    html.element("caption", caption, "class=" + (titled ? "unseen" : "seen"));
    html.open("thead").open("tr");
    columns.forEach(
        column -> html.element("th", column.head(), "scope=col", "class=" + column.kind()));
    html.close().close().open("tbody");
    int written = 0;
    while (written < rows.size() && !html.isFull()) {
      row(html, rows.get(written));
      written++;
    }
    rest(html, left + rows.size() - written);
    html.close().close().close();
  }

  private void rest(Html html, long left) {
    if (left > 0) {
      String way = elsewhere.isEmpty() ? "" : "; " + elsewhere;
      html.open("tr", "class=rest").open("td", "colspan=" + columns.size());
      html.prose("and %s more%s".formatted(Formats.number(left), way)).close().close();
    }
  }

  private void row(Html html, T row) {
    html.open("tr");
    for (int i = 0; i < columns.size(); i++) {
      Column<T> column = columns.get(i);
      if (i == 0) {
        html.open("th", "scope=row", "class=" + column.kind());
      } else {
        html.open("td", "class=" + column.kind());
      }
      column.cell().accept(html, row);
      html.close();
    }
    html.close();
  }
}

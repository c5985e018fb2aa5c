package vended.report.former;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.report.Figure;
import vended.report.Shortened;

/**
 * A table for screen readers, too, in a box that scrolls by itself, also by keys. The first column
 * names its row.
 *
 * @param <T> the type of a row
 */
final class HtmlTable<T> {
  private final String caption;
  private final String kind;
  private final List<Column<T>> columns = new ArrayList<>();

  private record Column<T>(String head, String kind, BiConsumer<Html, T> cell) {}

  HtmlTable(String caption) {
    this(caption, "plain");
  }

  HtmlTable(String caption, String kind) {
    this.caption = caption;
    this.kind = kind;
  }

  /** Adds a column of texts of records. */
  HtmlTable<T> data(String head, Function<T, @Nullable String> value) {
    return data(head, "text", value);
  }

  /**
   * Adds a column of texts of records.
   *
   * @param columnKind its width: {@code text}, {@code long}, or without line breaks: {@code time},
   *     {@code id}
   */
  HtmlTable<T> data(String head, String columnKind, Function<T, @Nullable String> value) {
    return column(head, columnKind, (html, row) -> html.data(value.apply(row)));
  }

  /** Adds a column of ARNs: the name, and below it the rest. */
  HtmlTable<T> arn(String head, Function<T, @Nullable String> value) {
    return column(
        head,
        "arn",
        (html, row) -> {
          String text = value.apply(row);
          Optional<Formats.ArnParts> arn = text == null ? Optional.empty() : Formats.arn(text);
          if (arn.isPresent()) {
            html.open("span", "class=name").data(arn.get().name()).close();
            html.text(" ").open("span", "class=place").data(arn.get().place()).close();
          } else {
            html.data(text);
          }
        });
  }

  /** Adds a column of numbers. */
  HtmlTable<T> figure(String head, Function<T, Figure> value) {
    return column(head, "number", (html, row) -> html.text(Formats.figure(value.apply(row))));
  }

  HtmlTable<T> column(String head, String columnKind, BiConsumer<Html, T> cell) {
    columns.add(new Column<>(head, columnKind, cell));
    return this;
  }

  void write(Html html, Shortened<T> rows) {
    write(html, rows.shown(), rows.left());
  }

  /**
   * Writes the table.
   *
   * @param left how many rows there are besides these; the last row says so unless it is exactly 0
   */
  void write(Html html, List<T> rows, Figure left) {
    html.open("div", "class=scroll", "role=region", "tabindex=0", "aria-label=" + caption);
    html.open("table", "class=" + kind).element("caption", caption).open("thead").open("tr");
    columns.forEach(
        column -> html.element("th", column.head(), "scope=col", "class=" + column.kind()));
    html.close().close().open("tbody");
    int written = 0;
    while (written < rows.size() && !html.isFull()) {
      row(html, rows.get(written));
      written++;
    }
    rest(html, left.plus(new Figure.Exact(rows.size() - written)), written < rows.size());
    html.close().close().close();
  }

  private void rest(Html html, Figure left, boolean full) {
    if (left.isCertainlyZero()) {
      return;
    }
    String text =
        left.read() == 0
            ? "There may be more: not everything was read."
            : "and %s more%s"
                .formatted(Formats.figure(left), full ? ", left out for the document’s size" : "");
    html.open("tr", "class=rest").element("td", text, "colspan=" + columns.size()).close();
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

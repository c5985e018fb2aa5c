package vended.text;

import java.util.ArrayList;
import java.util.List;

/** Text in columns, for terminals: each as wide as its widest cell, two spaces between them. */
public final class Columns {
  private Columns() {}

  /**
   * Lays out rows, a line for each.
   *
   * @param rows their cells; a row may have fewer than others. What a terminal does not show is
   *     replaced: a cell from a row that was written by hand must not move the cursor
   */
  public static String of(List<List<String>> rows) {
    List<List<String>> shown =
        rows.stream().map(row -> row.stream().map(VisibleText::masked).toList()).toList();
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : shown) {
      for (int i = 0; i < row.size(); i++) {
        int width = row.get(i).length();
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : shown) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).repeat(' ', widths.get(i) - row.get(i).length() + 2);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}

package vended.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import vended.report.digest.Matrix;
import vended.report.html.ArnParts;
import vended.report.html.Formats;
import vended.report.html.Html;
import vended.report.html.HtmlTable;

/**
 * Draws the matrix as a table whose cells are shaded by their numbers. A table, not a drawing: a
 * screen reader reads it, it can be copied, and its numbers are there without the colours.
 */
final class MatrixTable {
  private static final int STEPS = 5;
  private static final int LONGEST = 26;

  private final Html html;
  private final Matrix matrix;
  private final Names names;
  private final boolean others;
  private final long[] steps;

  MatrixTable(Html html, Matrix matrix, Names names) {
    this.html = html;
    this.matrix = matrix;
    this.names = names;
    this.others = matrix.otherCallers() > 0;
    this.steps = steps(matrix.most());
  }

  /** The lower ends of the shades: even on a logarithmic scale, and round. */
  static long[] steps(long most) {
    TreeSet<Long> ends = new TreeSet<>(List.of(1L));
    for (int i = 1; i < STEPS; i++) {
      ends.add(round(Math.pow((double) most, (double) i / STEPS)));
    }
    return ends.stream().filter(end -> end <= most).mapToLong(Long::longValue).toArray();
  }

  private static long round(double number) {
    double unit = Math.pow(10, Math.floor(Math.log10(number)));
    double first = number / unit;
    return Math.round((first < 1.5 ? 1 : first < 3.5 ? 2 : first < 7.5 ? 5 : 10) * unit);
  }

  void write() {
    legend();
    notes();
    String caption = "Granted vends by client and caller";
    html.open("div", "class=scroll", "role=region", "tabindex=0", "aria-label=" + caption);
    html.open("table", "class=matrix " + (matrix.isDense() ? "dense" : "roomy"));
    html.element("caption", caption, "class=seen");
    head();
    html.open("tbody");
    for (int row = 0; row < matrix.clients().size(); row++) {
      html.open("tr").open("th", "scope=row");
      client(matrix.clients().get(row));
      html.close();
      cells(row);
      html.close();
    }
    if (matrix.otherClients() > 0) {
      html.open("tr", "class=others").open("th", "scope=row");
      html.text(Formats.count(matrix.otherClients(), "other client")).close();
      cells(matrix.clients().size());
      html.close();
    }
    html.close();
    sums();
    html.close().close();
  }

  private void client(String account) {
    if (matrix.isDense()) {
      html.data(label(names.of(account), account, matrix.clients().stream().map(names::of)));
    } else {
      names.client(html, account);
    }
  }

  /** A name in one line; with its account, if another row or column has the same. */
  private static String label(String name, String account, Stream<String> all) {
    return account.isEmpty() || account.equals(name) || all.filter(name::equals).count() < 2
        ? Formats.cut(name, LONGEST)
        : Formats.cut(name, LONGEST - account.length() - 1) + " " + account;
  }

  private void head() {
    html.open("thead").open("tr").element("th", "Client", "scope=col", "class=corner");
    for (String caller : matrix.callers()) {
      html.open("th", "scope=col", "class=caller", "title=" + Formats.cut(caller, 200));
      if (matrix.isDense()) {
        String label =
            label(
                ArnParts.nameOf(caller),
                ArnParts.accountOf(caller),
                matrix.callers().stream().map(ArnParts::nameOf));
        html.open("span").data(label).close();
      } else {
        HtmlTable.arn(html, caller);
      }
      html.close();
    }
    if (others) {
      html.open("th", "scope=col", "class=caller others");
      html.element("span", Formats.count(matrix.otherCallers(), "other caller")).close();
    }
    html.element("th", "All", "scope=col", "class=sum").close().close();
  }

  private void cells(int row) {
    boolean rest = row == matrix.clients().size();
    for (int column = 0; column < matrix.callers().size() + (others ? 1 : 0); column++) {
      long count = matrix.cell(row, column);
      boolean plain = rest || column == matrix.callers().size();
      if (count == 0) {
        html.open("td").close();
      } else {
        html.element("td", shown(count), "class=" + (plain ? "others" : shade(count)));
      }
    }
    html.element("td", shown(matrix.rowSum(row)), "class=sum");
  }

  private void sums() {
    html.open("tfoot").open("tr").element("th", "All", "scope=row");
    long all = 0;
    for (int column = 0; column < matrix.callers().size() + 1; column++) {
      long sum = matrix.columnSum(column);
      all += sum;
      if (column < matrix.callers().size() || others) {
        html.element("td", shown(sum), "class=sum");
      }
    }
    html.element("td", shown(all), "class=sum").close().close();
  }

  private String shown(long count) {
    return matrix.isDense() ? Formats.brief(count) : Formats.number(count);
  }

  /** The shade of a number; the darkest is always {@code s5}, however few there are. */
  private String shade(long count) {
    int step = 0;
    while (step < steps.length && steps[step] <= count) {
      step++;
    }
    return "s" + (step + STEPS - steps.length);
  }

  private void legend() {
    html.open("p", "class=legend", "aria-hidden=true");
    html.text("Vends: ");
    for (long step : steps) {
      html.element("span", Formats.number(step) + " or more", "class=" + shade(step)).text(" ");
    }
    html.close();
  }

  private void notes() {
    List<String> notes = new ArrayList<>();
    if (matrix.otherClients() + matrix.otherCallers() > 0) {
      notes.add(
          "The largest %s clients and %s callers are shown; the last row and column have all others."
              .formatted(matrix.clients().size(), matrix.callers().size()));
    }
    if (matrix.isDense()) {
      notes.add("Clients with the same main caller are beside each other.");
    }
    if (!notes.isEmpty()) {
      html.note(String.join(" ", notes));
    }
  }
}

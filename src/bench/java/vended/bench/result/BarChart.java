package vended.bench.result;

import java.util.List;
import java.util.Locale;
import vended.bench.result.Section.Column;

/**
 * Horizontal bars with their spread, as an SVG file that follows the reader's light or dark theme.
 * All bars begin at zero, so that their lengths compare.
 */
record BarChart(String title, Column column, List<Bar> bars) {
  private static final int NAMES = 190;
  private static final int PLOT = 440;
  private static final int WIDTH = NAMES + PLOT + 90;
  private static final int TOP = 44;
  private static final int STEP = 30;

  record Bar(String name, Samples samples) {}

  BarChart {
    bars = List.copyOf(bars);
  }

  String svg() {
    double most = bars.stream().mapToDouble(bar -> bar.samples().largest()).max().orElse(1);
    int height = TOP + bars.size() * STEP + 10;
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
        <title>%s</title>
        <style>
        text { font: 14px system-ui, sans-serif; fill: #1f2328; }
        .title { font-weight: 600; }
        .name { text-anchor: end; }
        .bar { fill: #4078c0; }
        .spread { stroke: #1f2328; stroke-width: 1.5; fill: none; }
        .one { stroke: #8c959f; stroke-dasharray: 4 3; }
        @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3; }
        .bar { fill: #6ca4f8; }
        .spread { stroke: #e6edf3; }
        }
        </style>
        <text class="title" x="10" y="24">%s</text>
        """
            .formatted(WIDTH, height, WIDTH, height, escaped(title), escaped(heading())));
    if (column.unit().equals("×") && most >= 1) {
      double x = x(1, most);
      svg.append(line("one", x, TOP - 8, x, height - 8));
    }
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), TOP + i * STEP, most);
    }
    return svg.append("</svg>\n").toString();
  }

  private String heading() {
    return column.unit().isEmpty() || column.unit().equals("×")
        ? title
        : title + " (" + column.unit() + ")";
  }

  private void bar(StringBuilder svg, Bar bar, int y, double most) {
    Samples samples = bar.samples();
    double end = x(samples.value(), most);
    double middle = y + 10;
    svg.append(text("name", NAMES - 8, y + 15, bar.name()));
    svg.append(
        "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%s\" height=\"20\"/>%n"
            .formatted(NAMES, y, decimal(Math.max(1, end - NAMES))));
    svg.append(
        line("spread", x(samples.smallest(), most), middle, x(samples.largest(), most), middle));
    svg.append(
        text(
            "value",
            Math.max(end, x(samples.largest(), most)) + 8,
            y + 15,
            Report.number(samples.value(), column.digits())));
  }

  private static double x(double value, double most) {
    return NAMES + PLOT * value / most;
  }

  private static String line(String kind, double x1, double y1, double x2, double y2) {
    return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n"
        .formatted(kind, decimal(x1), decimal(y1), decimal(x2), decimal(y2));
  }

  private static String text(String kind, double x, double y, String text) {
    return "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>%n"
        .formatted(kind, decimal(x), decimal(y), escaped(text));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

package vended.report.former;

import java.util.List;
import java.util.Locale;
import vended.report.CallerRoleLinks;
import vended.report.CallerRoleLinks.Link;
import vended.report.Figure;
import vended.report.former.LinksLayout.Band;
import vended.report.former.LinksLayout.Node;

/** Callers on the left, client roles on the right, and bands as wide as the vends between them. */
final class LinksChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 300;
  private static final int RIGHT = 600;
  private static final int NODE = 8;
  private static final int LABEL = 34;
  private static final int TITLE = 120;

  private final Html html;
  private final CallerRoleLinks links;
  private final Figure others;
  private final LinksLayout layout;
  private final boolean exact;

  LinksChart(Html html, CallerRoleLinks links) {
    this.html = html;
    this.links = links;
    this.others = links.strongest().left();
    this.layout = new LinksLayout(links.strongest().shown());
    this.exact = others instanceof Figure.Exact;
  }

  void write() {
    html.open("figure", "class=links");
    html.open("div", "class=scroll", "role=region", "tabindex=0", "aria-label=Diagram");
    html.open(
        "svg",
        "viewBox=0 0 %d %s".formatted(WIDTH, point(layout.height())),
        "role=img",
        "aria-label=Callers, and the client roles that they were granted most often, as in the"
            + " table below");
    layout.bands().forEach(this::band);
    layout.callers().forEach((arn, node) -> node(arn, node, LEFT, LEFT - 10, "end"));
    layout.roles().forEach((arn, node) -> node(arn, node, RIGHT - NODE, RIGHT + 10, "start"));
    html.close().close();
    html.element(
        "figcaption",
        "Bands are as wide as the granted vends: callers on the left, client roles on the right. "
            + Formats.sentence(shown()));
    html.close();
  }

  private String shown() {
    List<Link> strongest = links.strongest().shown();
    long shown = strongest.stream().mapToLong(link -> link.outcomes().granted().read()).sum();
    String read = exact ? "" : "of the time that was read, ";
    if (others.read() == 0) {
      return read
          + (shown == 1
              ? "the only vend is shown."
              : "all %s are shown.".formatted(Formats.count(shown, "vend")));
    }
    Figure ofOthers = links.ofOthers().granted();
    long all = shown + ofOthers.read();
    return read
        + "the %s strongest links are shown, with %s of %s (%s); %s more had %s."
            .formatted(
                Formats.number(strongest.size()),
                Formats.number(shown),
                Formats.count(all, "vend"),
                Formats.share(shown, all),
                Formats.figure(others),
                (exact ? "the other " : "") + Formats.figure(ofOthers));
  }

  private void band(Band band) {
    Link link = band.link();
    html.open("g")
        .element(
            "title",
            "%s → %s: %s"
                .formatted(
                    Formats.cut(link.caller(), TITLE),
                    Formats.cut(link.roleArn(), TITLE),
                    Formats.count(link.outcomes().granted(), "vend")));
    String upper = curve(LEFT + NODE, band.left(), RIGHT - NODE, band.right());
    String lower =
        curve(RIGHT - NODE, band.right() + band.thick(), LEFT + NODE, band.left() + band.thick());
    html.open("path", "class=band", "d=M" + upper + " L" + lower + " Z").close();
  }

  private static String curve(int x, double y, int toX, double toY) {
    int middle = (x + toX) / 2;
    return "%d %s C%d %s %d %s %d %s"
        .formatted(x, point(y), middle, point(y), middle, point(toY), toX, point(toY));
  }

  private void node(String arn, Node node, int x, int textX, String anchor) {
    html.open(
        "rect",
        "class=node",
        "x=" + x,
        "y=" + point(node.top()),
        "width=" + NODE,
        "height=" + point(Math.max(1, node.bands())));
    String upper = "y=" + point(node.middle() - 2);
    html.open("text", "x=" + textX, upper, "text-anchor=" + anchor)
        .element("title", Formats.cut(arn, TITLE))
        .text(Formats.cut(Formats.arn(arn).map(Formats.ArnParts::name).orElse(arn), LABEL))
        .close();
    html.element(
        "text",
        Formats.arn(arn).map(parts -> parts.account() + " · ").orElse("")
            + Formats.count(Figure.of(node.granted(), exact), "vend")
            + (others.read() > 0 ? " shown" : ""),
        "x=" + textX,
        "y=" + point(node.middle() + 12),
        "text-anchor=" + anchor,
        "class=second");
  }

  private static String point(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }
}

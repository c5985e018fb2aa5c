package vended.report.former;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import vended.report.CallerRoleLinks.Link;

/** The positions of the parts of {@link LinksChart}, from top to bottom. */
final class LinksLayout {
  private static final int GAP = 10;

  /** Room for the two lines of a label. */
  private static final int LEAST = 30;

  /** The height of all bands together. */
  private static final double BANDS = 360;

  private final List<Link> links;
  private final double scale;
  private final Map<String, Node> callers;
  private final Map<String, Node> roles;

  LinksLayout(List<Link> links) {
    this.links = links;
    this.scale = BANDS / Math.max(links.stream().mapToLong(LinksLayout::granted).sum(), 1);
    Map<String, Long> byCaller = sums(Link::caller);
    this.callers = place(byCaller, Comparator.comparingLong(caller -> -sum(byCaller, caller)));
    // Roles are placed beside their callers, so that few bands cross.
    this.roles = place(sums(Link::roleArn), Comparator.comparingDouble(this::pull));
  }

  /**
   * A caller or a role.
   *
   * @param granted its vends by the links shown, as far as they were read
   * @param y its top
   * @param height its height, with the room for its label
   * @param bands the height of the bands in its middle
   */
  record Node(long granted, double y, double height, double bands) {
    private static final Node NONE = new Node(0, 0, 0, 0);

    double middle() {
      return y + height / 2;
    }

    double top() {
      return middle() - bands / 2;
    }
  }

  /**
   * The band between a caller and a role.
   *
   * @param left its top at the caller
   * @param right its top at the role
   */
  record Band(Link link, double left, double right, double thick) {}

  Map<String, Node> callers() {
    return callers;
  }

  Map<String, Node> roles() {
    return roles;
  }

  double height() {
    return Math.max(end(callers), end(roles));
  }

  private static double end(Map<String, Node> nodes) {
    return nodes.values().stream().mapToDouble(node -> node.y() + node.height()).max().orElse(0)
        + GAP;
  }

  /** The bands, sorted at both ends by what they lead to. */
  List<Band> bands() {
    Map<Link, Double> left = stack(callers, Link::caller, link -> node(roles, link.roleArn()));
    Map<Link, Double> right = stack(roles, Link::roleArn, link -> node(callers, link.caller()));
    return links.stream()
        .map(
            link ->
                new Band(
                    link,
                    left.getOrDefault(link, 0.0),
                    right.getOrDefault(link, 0.0),
                    granted(link) * scale))
        .toList();
  }

  private Map<Link, Double> stack(
      Map<String, Node> nodes, Function<Link, String> end, Function<Link, Node> otherEnd) {
    Map<String, Double> used = new HashMap<>();
    Map<Link, Double> tops = new HashMap<>();
    links.stream()
        .sorted(Comparator.comparingDouble(link -> otherEnd.apply(link).y()))
        .forEach(
            link -> {
              String name = end.apply(link);
              double top = used.getOrDefault(name, node(nodes, name).top());
              tops.put(link, top);
              used.put(name, top + granted(link) * scale);
            });
    return tops;
  }

  private Map<String, Long> sums(Function<Link, String> end) {
    return links.stream()
        .collect(
            Collectors.groupingBy(
                end, LinkedHashMap::new, Collectors.summingLong(LinksLayout::granted)));
  }

  private static long granted(Link link) {
    return link.outcomes().granted().read();
  }

  private static long sum(Map<String, Long> sums, String name) {
    return sums.getOrDefault(name, 0L);
  }

  /** The mean height of a role's callers, weighted by vends. */
  private double pull(String role) {
    double pull = 0;
    long granted = 0;
    for (Link link : links) {
      if (link.roleArn().equals(role)) {
        pull += node(callers, link.caller()).middle() * granted(link);
        granted += granted(link);
      }
    }
    return pull / Math.max(granted, 1);
  }

  private Map<String, Node> place(Map<String, Long> sums, Comparator<String> order) {
    Map<String, Node> placed = new LinkedHashMap<>();
    double y = 4;
    for (String name : sums.keySet().stream().sorted(order).toList()) {
      double bands = sum(sums, name) * scale;
      Node node = new Node(sum(sums, name), y, Math.max(LEAST, bands), bands);
      placed.put(name, node);
      y += node.height() + GAP;
    }
    return placed;
  }

  private static Node node(Map<String, Node> nodes, String name) {
    return nodes.getOrDefault(name, Node.NONE);
  }
}

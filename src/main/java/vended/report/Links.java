package vended.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Who was given which client role.
 *
 * @param strongest the pairs of a caller and a role that were granted most often
 * @param others how many more pairs there are
 * @param ofOthers how their vends ended
 */
public record Links(List<Link> strongest, int others, Ends ofOthers) {
  private static final int MOST = 20;

  /** Copies the links. */
  public Links {
    strongest = List.copyOf(strongest);
  }

  /**
   * Who and what.
   *
   * @param caller the ARN of a caller
   * @param roleArn a client role's
   */
  record Pair(String caller, String roleArn) {}

  /**
   * A caller and a client role that it was granted.
   *
   * @param caller the caller's ARN
   * @param roleArn the client role's
   * @param ends how its vends ended
   */
  public record Link(String caller, String roleArn, Ends ends) {}

  /** The links among all pairs: those of which any vend was granted. */
  static Links of(Map<Pair, Ends> pairs) {
    List<Link> links =
        pairs.entrySet().stream()
            .filter(pair -> pair.getValue().granted() > 0)
            .map(p -> new Link(p.getKey().caller(), p.getKey().roleArn(), p.getValue()))
            .sorted(
                Comparator.<Link>comparingLong(link -> link.ends().granted())
                    .reversed()
                    .thenComparing(Link::caller)
                    .thenComparing(Link::roleArn))
            .toList();
    int most = Math.min(MOST, links.size());
    List<Link> others = links.subList(most, links.size());
    return new Links(
        links.subList(0, most),
        others.size(),
        others.stream().map(Link::ends).reduce(Ends.NONE, Ends::plus));
  }
}

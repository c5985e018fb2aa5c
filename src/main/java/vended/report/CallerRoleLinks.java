package vended.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Who was given which client role.
 *
 * @param strongest the pairs of a caller and a role that were granted most often
 * @param others how many more pairs there are
 * @param ofOthers how their vends ended; if not all of the period was read, how many were denied or
 *     failed is unknown, since other pairs may be the strongest
 */
public record CallerRoleLinks(List<Link> strongest, Figure others, OutcomeFigures ofOthers) {
  private static final int MOST = 20;

  /** Copies the links. */
  public CallerRoleLinks {
    strongest = List.copyOf(strongest);
  }

  /**
   * Who and what.
   *
   * @param caller the ARN of a caller
   * @param roleArn a client role's
   */
  public record CallerRole(String caller, String roleArn) {}

  /**
   * A caller and a client role that it was granted.
   *
   * @param caller the caller's ARN
   * @param roleArn the client role's
   * @param ends how its vends ended
   */
  public record Link(String caller, String roleArn, OutcomeFigures ends) {}

  /**
   * The links among all pairs: those of which any vend was granted.
   *
   * @param exact whether all of the period was read
   */
  public static CallerRoleLinks of(Map<CallerRole, OutcomeCounts> pairs, boolean exact) {
    List<Map.Entry<CallerRole, OutcomeCounts>> links =
        pairs.entrySet().stream()
            .filter(pair -> pair.getValue().granted() > 0)
            .sorted(
                Comparator.<Map.Entry<CallerRole, OutcomeCounts>>comparingLong(
                        pair -> pair.getValue().granted())
                    .reversed()
                    .thenComparing(pair -> pair.getKey().caller())
                    .thenComparing(pair -> pair.getKey().roleArn()))
            .toList();
    int most = Math.min(MOST, links.size());
    List<Map.Entry<CallerRole, OutcomeCounts>> others = links.subList(most, links.size());
    OutcomeFigures ofOthers =
        OutcomeFigures.of(
            others.stream()
                .map(Map.Entry::getValue)
                .reduce(OutcomeCounts.NONE, OutcomeCounts::plus),
            exact);
    return new CallerRoleLinks(
        links.subList(0, most).stream().map(pair -> link(pair, exact)).toList(),
        Figure.of(others.size(), exact),
        exact
            ? ofOthers
            : new OutcomeFigures(ofOthers.granted(), new Figure.Unknown(), new Figure.Unknown()));
  }

  private static Link link(Map.Entry<CallerRole, OutcomeCounts> pair, boolean exact) {
    return new Link(
        pair.getKey().caller(), pair.getKey().roleArn(), OutcomeFigures.of(pair.getValue(), exact));
  }
}

package vended.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was not granted.
 *
 * @param reasons how often which reason was on record, the most frequent first
 * @param top who was refused what most often
 * @param kinds how many different refusals there are in all
 */
public record Refusals(List<Reasoned> reasons, List<Refusal> top, int kinds) {
  private static final int MOST = 25;

  /** Copies the lists. */
  public Refusals {
    reasons = List.copyOf(reasons);
    top = List.copyOf(top);
  }

  /**
   * A reason.
   *
   * @param outcome denied or failed
   * @param reason the word of the record
   * @param count how often
   */
  public record Reasoned(String outcome, String reason, long count) {}

  /**
   * What refusals have in common; a text that the record lacks is empty.
   *
   * @param outcome denied or failed
   * @param reason the word of the record
   * @param caller who
   * @param roleArn what for
   */
  public record Alike(String outcome, String reason, String caller, String roleArn)
      implements Comparable<Alike> {
    private static final Comparator<Alike> ORDER =
        Comparator.comparing(Alike::caller)
            .thenComparing(Alike::roleArn)
            .thenComparing(Alike::reason)
            .thenComparing(Alike::outcome);

    @Override
    public int compareTo(Alike other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * How often, and when.
   *
   * @param count how often
   * @param first the time of the first one, as its record has it
   * @param last the time of the last one
   */
  public record Seen(long count, String first, String last) {
    /** With one more, that came before. */
    Seen withEarlier(Seen other) {
      return new Seen(count + other.count, other.first, last);
    }
  }

  /**
   * Refusals that are alike.
   *
   * @param what what they have in common
   * @param seen how often, and when
   */
  public record Refusal(Alike what, Seen seen) {}

  static Refusals of(Map<Alike, Seen> seen) {
    Map<Alike, Long> reasons = new TreeMap<>();
    seen.forEach(
        (alike, s) ->
            reasons.merge(
                new Alike(alike.outcome(), alike.reason(), "", ""), s.count(), Long::sum));
    return new Refusals(
        reasons.entrySet().stream()
            .map(r -> new Reasoned(r.getKey().outcome(), r.getKey().reason(), r.getValue()))
            .sorted(Comparator.comparingLong(Reasoned::count).reversed())
            .toList(),
        seen.entrySet().stream()
            .map(one -> new Refusal(one.getKey(), one.getValue()))
            .sorted(
                Comparator.<Refusal>comparingLong(refusal -> refusal.seen().count())
                    .reversed()
                    .thenComparing(Refusal::what))
            .limit(MOST)
            .toList(),
        seen.size());
  }
}

package vended.bench.result;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure: one value for each round, and the one that stands for all of them.
 *
 * @param value that one
 * @param rounds in their order
 */
public record Samples(double value, List<Double> rounds) {
  public Samples {
    rounds = List.copyOf(rounds);
  }

  /** The median of the rounds stands for them. */
  public static Samples of(List<Double> rounds) {
    return new Samples(percentile(rounds, 50), rounds);
  }

  /** A figure that was taken once. */
  public static Samples once(double value) {
    return new Samples(value, List.of(value));
  }

  /** A percentile of all the values of all rounds, with that of each round for the spread. */
  public static Samples ofAll(List<List<Double>> rounds, double percent) {
    List<Double> all = rounds.stream().flatMap(List::stream).toList();
    return new Samples(
        percentile(all, percent),
        rounds.stream().map(round -> percentile(round, percent)).toList());
  }

  /** This as a multiple of another, round by round: what disturbed a round, disturbed both. */
  public Samples over(Samples other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(rounds.size(), other.rounds.size()); i++) {
      ratios.add(rounds.get(i) / other.rounds.get(i));
    }
    return of(ratios);
  }

  public double smallest() {
    return percentile(rounds, 0);
  }

  public double largest() {
    return percentile(rounds, 100);
  }

  /** By the nearest rank; NaN of nothing. */
  static double percentile(List<Double> values, double percent) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    if (percent == 50 && sorted.size() % 2 == 0) {
      return (sorted.get(sorted.size() / 2 - 1) + sorted.get(sorted.size() / 2)) / 2;
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.size());
    return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1));
  }
}

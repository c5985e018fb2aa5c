package vended.bench.part;

import vended.bench.result.Section;

/** A part of the benchmark, which can be run alone by {@code -Dbench.only}. */
public interface Part {
  /** Its name in {@code -Dbench.only}, in the JSON and in the names of plots. */
  String name();

  /** Measures. */
  Section run(Bench bench) throws Exception;
}

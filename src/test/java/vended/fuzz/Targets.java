package vended.fuzz;

import java.util.List;
import vended.fuzz.target.ArnTarget;
import vended.fuzz.target.CallerTarget;
import vended.fuzz.target.CursorTarget;
import vended.fuzz.target.JsonTarget;
import vended.fuzz.target.NameTarget;
import vended.fuzz.target.PolicyTarget;
import vended.fuzz.target.RowTarget;

/**
 * A target with its name.
 *
 * @param word also the name of its corpus
 */
record Targets(String word, Target target) {
  /** All that is fuzzed. */
  static final List<Targets> ALL =
      List.of(
          new Targets("arns", new ArnTarget()),
          new Targets("callers", new CallerTarget()),
          new Targets("names", new NameTarget()),
          new Targets("json", new JsonTarget()),
          new Targets("policies", new PolicyTarget()),
          new Targets("rows", new RowTarget()),
          new Targets("cursors", new CursorTarget()));

  static List<Targets> all() {
    return ALL;
  }

  @Override
  public String toString() {
    return word;
  }
}

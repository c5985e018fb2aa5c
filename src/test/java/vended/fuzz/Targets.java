package vended.fuzz;

import java.util.List;
import vended.fuzz.target.ArnTarget;
import vended.fuzz.target.BodyTarget;
import vended.fuzz.target.CallerTarget;
import vended.fuzz.target.CursorTarget;
import vended.fuzz.target.DynamoTarget;
import vended.fuzz.target.JsonTarget;
import vended.fuzz.target.NameTarget;
import vended.fuzz.target.OutputTarget;
import vended.fuzz.target.PolicyTarget;
import vended.fuzz.target.RowTarget;
import vended.fuzz.target.StsTarget;
import vended.fuzz.target.TrailTarget;

/**
 * A target with its name.
 *
 * @param word also the name of its corpus
 * @param tries how many new inputs the tests of every build try: those of a second, all together
 */
record Targets(String word, Target target, int tries) {
  /** All that is fuzzed. */
  static final List<Targets> ALL =
      List.of(
          new Targets("arns", new ArnTarget(), 1000),
          new Targets("callers", new CallerTarget(), 1000),
          new Targets("names", new NameTarget(), 1000),
          new Targets("json", new JsonTarget(), 600),
          new Targets("policies", new PolicyTarget(), 1000),
          new Targets("rows", new RowTarget(), 600),
          new Targets("cursors", new CursorTarget(), 1000),
          new Targets("bodies", new BodyTarget(), 150),
          new Targets("sts", new StsTarget(), 150),
          new Targets("dynamodb", new DynamoTarget(), 150),
          new Targets("trail", new TrailTarget(), 1000),
          new Targets("output", new OutputTarget(), 600));

  static List<Targets> all() {
    return ALL;
  }

  @Override
  public String toString() {
    return word;
  }
}

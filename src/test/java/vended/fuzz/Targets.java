package vended.fuzz;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import vended.fuzz.script.ScriptEventsTarget;
import vended.fuzz.script.ScriptIssuedTarget;
import vended.fuzz.script.ScriptJsonTarget;
import vended.fuzz.script.ScriptSettingsTarget;
import vended.fuzz.script.ScriptXmlTarget;
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
import vended.script.FuzzShells;

/**
 * A target with its name.
 *
 * @param word also the name of its corpus
 * @param make makes it; only the one that is fuzzed has to be there
 * @param tries how many new inputs the tests of every build try: those of a second, all together
 */
record Targets(String word, Supplier<Target> make, int tries) {
  /** All that is fuzzed. */
  static final List<Targets> ALL = Stream.concat(ofService(), ofScript()).toList();

  private static Stream<Targets> ofService() {
    return Stream.of(
        new Targets("arns", ArnTarget::new, 500),
        new Targets("callers", CallerTarget::new, 500),
        new Targets("names", NameTarget::new, 500),
        new Targets("json", JsonTarget::new, 300),
        new Targets("policies", PolicyTarget::new, 500),
        new Targets("rows", RowTarget::new, 300),
        new Targets("cursors", CursorTarget::new, 500),
        new Targets("bodies", BodyTarget::new, 80),
        new Targets("sts", StsTarget::new, 80),
        new Targets("dynamodb", DynamoTarget::new, 80),
        new Targets("trail", TrailTarget::new, 500),
        new Targets("output", OutputTarget::new, 300));
  }

  /** In each shell of this machine. */
  private static Stream<Targets> ofScript() {
    return FuzzShells.commands().stream()
        .flatMap(
            shell ->
                Stream.of(
                    new Targets("json-" + shell.getFirst(), () -> new ScriptJsonTarget(shell), 12),
                    new Targets(
                        "issued-" + shell.getFirst(), () -> new ScriptIssuedTarget(shell), 8),
                    new Targets("xml-" + shell.getFirst(), () -> new ScriptXmlTarget(shell), 8),
                    new Targets(
                        "settings-" + shell.getFirst(), () -> new ScriptSettingsTarget(shell), 8),
                    new Targets(
                        "events-" + shell.getFirst(), () -> new ScriptEventsTarget(shell), 8)));
  }

  static List<Targets> all() {
    return ALL;
  }

  Target target() {
    return make.get();
  }

  /** The name of its corpus, which all shells share. */
  String corpus() {
    return word.replaceFirst("-.*", "");
  }

  @Override
  public String toString() {
    return word;
  }
}

package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import vended.canary.Canaries;
import vended.local.Keys;
import vended.local.LocalStack;

/** Runs of the script on a stack whose secrets are all known, in a home where all is watched. */
final class LeakRun {
  static final boolean FULL = Boolean.getBoolean("canary.full");
  static final String ISSUED = "what STS issued";
  static final String EXTERNAL_ID = "an ExternalId";
  static final Canaries.Allowed COMMAND =
      new Canaries.Allowed("the environment of vend exec's command", "it is to use them");
  static final Canaries.Allowed ONBOARDING =
      new Canaries.Allowed("the output of vend client", "the client enters it");

  final Canaries canaries;
  final Watched watched;
  private final LocalStack stack;

  LeakRun(Canaries canaries, LocalStack stack, Path home) throws IOException {
    this.canaries = canaries;
    this.stack = stack;
    this.watched = new Watched(canaries, home);
    var people = stack.people();
    for (Keys.Key key :
        List.of(
            people.pipeline(),
            people.session(),
            people.administrator(),
            people.auditor(),
            people.client(),
            people.newClient())) {
      canaries.plant("the caller's own key", key.secret());
      key.token().ifPresent(token -> canaries.plant("the caller's own key", token));
    }
    canaries.plant(EXTERNAL_ID, stack.demonstration().externalId());
    stack
        .sts()
        .onIssue(
            (asked, issued) -> {
              canaries.plant(ISSUED, String.valueOf(issued.secretAccessKey()));
              canaries.plant(ISSUED, String.valueOf(issued.sessionToken()));
            });
  }

  /** Every shell, if everything is tried. */
  static Stream<Shell> shells(Class<?> test) {
    return FULL ? Shell.evenBash() : Shell.matrix(test);
  }

  /** Runs a command that must work. */
  Run.Result vend(Shell shell, Keys.Key caller, String... arguments) {
    Run.Result result = any(shell, caller, arguments);
    assertThat(result.exit()).as("%s%n%s", List.of(arguments), result.err()).isZero();
    return result;
  }

  /** Runs a command, whatever comes of it. */
  Run.Result any(Shell shell, Keys.Key caller, String... arguments) {
    return watched.vend(shell, stack, caller, arguments).result();
  }

  /** Searches what came of a command of an administrator, who may see ExternalIds. */
  void searchOnboarding(String command, Run.Result result) throws IOException {
    watched.searchBut(ONBOARDING, command, result, canaries.all(EXTERNAL_ID));
  }

  String[] issued() {
    return canaries.all(ISSUED);
  }
}

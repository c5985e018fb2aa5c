package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.script.StandIn.Answer;

/** {@code vend client remove}. */
class ClientRemoveTest extends OnStack {
  private static final Answer NO_CLIENT =
      new Answer(404, "application/problem+json", "{\"code\":\"no_client\"}", Map.of());

  static Stream<Shell> shells() {
    return Shell.matrix(ClientRemoveTest.class);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void thePlanShowsGrantsAndLiveSessions_AndNothingIsRemovedUnconfirmed(Shell shell) {
    String role = stack.demonstration().roleArn();
    String account = stack.demonstration().account();
    assertThat(vendToDeployer(shell, role).exit()).isZero();

    Run.Result plan = admin(shell, "client", "remove", account, "--dry-run");

    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("client " + account, "- " + DEPLOYER + " -> " + role)
        .containsPattern("may still be live[^\n]*\n  " + DEPLOYER + " " + role + "  last vend 20");
    assertThat(admin(shell, "client", "show", account).exit()).isZero();

    Run.Result removed = admin(shell, "client", "remove", account, "--yes");

    assertThat(removed.exit()).as(removed.err()).isZero();
    assertThat(removed.err()).contains("2 removed", "is removed", "vend revoke");
    assertThat(vendToDeployer(shell, role).exit()).isEqualTo(1);
    assertThat(admin(shell, "grant", "list").out()).doesNotContain(role);
    Run.Result again = admin(shell, "client", "remove", account, "--yes");
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("there is no client " + account);
  }

  @Test
  void grantsOfAClientThatIsGoneAreRemovedToo_AndRowsThatCantBeReadStopIt() {
    String grant =
        "{\"grants\":[{\"caller\":\"%s\",\"roleArn\":\"arn:aws:iam::444455556666:role/r\",%s}]}";
    String whole = grant.formatted(DEPLOYER, "\"version\":3,\"neverUsed\":true");
    assertThat(removeFrom(whole).out()).contains("is removed already", "- " + DEPLOYER);
    assertThat(removeFrom(whole).out()).doesNotContain("may still be live");

    String corrupt = grant.formatted(DEPLOYER, "\"fault\":\"version is missing\"");
    assertThat(removeFrom(corrupt).err()).contains("can't read a grant", "nothing was changed");
    assertThat(removeFrom("{\"grants\":[],\"corrupt\":[\"pk sk: x\"]}").err())
        .contains("pk sk: x", "nothing was changed");
  }

  private Run.Result removeFrom(String grants) {
    try (StandIn service =
        new StandIn(
            request -> request.path().equals("/clients/list") ? NO_CLIENT : Answer.json(grants))) {
      return Run.vend(Shell.any(), home, "client", "remove", "444455556666", "--dry-run")
          .calling(service.url())
          .result();
    }
  }
}

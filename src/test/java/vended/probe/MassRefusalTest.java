package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vended.local.Items;
import vended.local.StateMachine.StateFailed;

/** What becomes of roles that refuse: a client's own doing, or the vendor's fault. */
class MassRefusalTest {
  @RegisterExtension static final ReprobeStack stack = new ReprobeStack();

  /** Clients with one role each, in addition to the demonstration's client, whose role is sound. */
  private static List<String> clients(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(stack::addClient).toList();
  }

  private static void refuse(String role) {
    stack.trust(role, ReprobeStack.condition("another-external-id"));
  }

  private static boolean isVended(String role) {
    return stack.role(role).containsKey("verifiedAt");
  }

  @Test
  void ifMostClientsRefuseAtOnceNoneIsMarked_OperatorsAreTold_AndLaterAllAreVendedAsBefore()
      throws Exception {
    List<String> roles = clients(4);
    roles.forEach(MassRefusalTest::refuse);
    var before = stack.rows();

    stack.reprobes().run();

    assertThat(stack.rows()).isEqualTo(before);
    assertThat(stack.told("RoleDrifted")).isEmpty();
    assertThat(stack.told("MassRefusal"))
        .singleElement()
        .asString()
        .contains("\"MassRefusal\":4", "\"clients\":5");

    // The fault is fixed.
    clients(4);
    stack.reprobes().run();

    assertThat(stack.told("MassRefusal")).hasSize(1);
    for (String role : roles) {
      assertThat(stack.vend(role)).isEqualTo(200);
    }
  }

  @Test
  void anOpenRoleIsMarkedDuringAnOutageToo_AndDoesNotHaveTheOthersMarked() throws Exception {
    List<String> roles = clients(4);
    roles.forEach(MassRefusalTest::refuse);
    String open = stack.addClient(5);
    stack.openToStrangers(open);

    stack.reprobes().run();

    assertThat(stack.role(open)).containsKey("drift");
    assertThat(stack.vend(open)).isEqualTo(403);
    assertThat(roles).allMatch(MassRefusalTest::isVended);
    assertThat(stack.told("MassRefusal")).hasSize(1);
  }

  @Test
  void anOpenRoleIsMarkedBeforeTheRunEnds() {
    String open = stack.addClient(1);
    stack.openToStrangers(open);
    stack.reprobes().breakWhere((function, input) -> input.contains("refusals"));

    assertThatThrownBy(() -> stack.reprobes().run()).isInstanceOf(StateFailed.class);

    assertThat(stack.role(open)).containsKey("drift");
  }

  @Test
  void manyRolesOfOneClientThatRefuseAreMarked() throws Exception {
    List<String> sound = clients(2);
    stack.addClientWithRoles(1, 12);

    stack.reprobes().run();

    String client = "arn:aws:iam::700000000001:role/x";
    assertThat(Items.value(stack.client(client), "roles").m())
        .hasSize(12)
        .allSatisfy(
            (role, state) ->
                assertThat(state.m()).containsKey("drift").doesNotContainKey("verifiedAt"));
    assertThat(sound).allMatch(MassRefusalTest::isVended);
    assertThat(stack.told("MassRefusal")).isEmpty();
    assertThat(stack.told("RoleDrifted")).hasSize(12);
  }

  /** Step Functions repeats a step whose answer was lost. */
  @Test
  void aStepThatIsRepeatedMarksNothingTwice() throws Exception {
    String role = stack.addClient(1);
    refuse(role);
    stack.reprobes().breakWhere((function, input) -> input.contains("refusals"));
    assertThatThrownBy(() -> stack.reprobes().run()).isInstanceOf(StateFailed.class);
    stack.reprobes().breakWhere((function, input) -> false);
    Map<?, ?> marking = step(Map.of());
    assertThat(marking.keySet()).hasSize(1);

    assertThat(step(marks(marking))).isEmpty();
    assertThat(step(marks(marking))).isEmpty();

    assertThat(stack.role(role)).containsKey("drift");
    assertThat(stack.told("RoleDrifted")).hasSize(1);
    assertThat(Items.value(stack.client(role), "version").n()).isEqualTo("2");
  }

  private static Map<?, ?> marks(Map<?, ?> next) {
    return (Map<?, ?>) Objects.requireNonNull(next.get("refusals"));
  }

  /** Takes one step, and answers what the next one gets. */
  private static Map<?, ?> step(Map<?, ?> input) throws StateFailed {
    Map<?, ?> answer =
        (Map<?, ?>)
            stack.reprobes().invoke(ReprobeStack.SETTLER + ":live", Map.of("refusals", input));
    return answer.get("next") instanceof Map<?, ?> next ? next : Map.of();
  }
}

package vended.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.Soak;
import vended.local.StateMachine.StateFailed;
import vended.template.Template;

/** The schedule's state machine, as far as it goes without the functions. */
class StateMachineTest {
  /** Of a hundred roles each: fifty thousand in the long run. */
  private static final int PAGES = Soak.count(50, 500);

  /** A run has 25,000 events at most. */
  private static final int EVENTS_PER_PAGE = 50;

  private final Map<?, ?> definition =
      (Map<?, ?>)
          Objects.requireNonNull(
              Template.read(Path.of("template.yaml"), Map.of())
                  .properties("ReprobeMachine")
                  .get("Definition"));

  /** Answers pages of a hundred roles of the longest names, as long as it is asked for more. */
  private static Object answer(String resource, Object input) {
    Map<?, ?> asked = (Map<?, ?>) input;
    if (resource.contains("reprobe")) {
      return Map.of("probeId", "01ARYZ6S41TSV4RRFFQ69G5FAV", "passed", true);
    }
    if (asked.containsKey("probeId")) {
      return Map.of("settled", "unchanged");
    }
    if (asked.containsKey("refusals")) {
      return refusals((Map<?, ?>) asked.get("refusals"));
    }
    if (asked.containsKey("ended")) {
      return Map.of("ended", true);
    }
    Map<?, ?> list = (Map<?, ?>) Objects.requireNonNull(asked.get("list"));
    int page = list.isEmpty() ? 1 : Integer.parseInt(String.valueOf(list.get("after"))) + 1;
    List<Object> roles = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      roles.add(Map.of("roleArn", "r".repeat(640)));
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("roles", roles);
    if (page < PAGES) {
      answer.put("next", Map.of("list", Map.of("after", String.valueOf(page))));
    }
    return answer;
  }

  /** Counts all pages, and then marks on all of them. */
  private static Object refusals(Map<?, ?> step) {
    int page = step.isEmpty() ? 1 : Integer.parseInt(String.valueOf(step.get("after"))) + 1;
    return page < 2 * PAGES
        ? Map.of("next", Map.of("refusals", Map.of("after", String.valueOf(page))))
        : Map.of();
  }

  @Test
  void fiftyThousandRolesFitIntoOneRunsHistoryAndData() throws Exception {
    var machine = new StateMachine(definition, StateMachineTest::answer);

    machine.run(Map.of());

    assertThat(machine.events()).isLessThan(PAGES * EVENTS_PER_PAGE);
  }

  @Test
  void fiftyThousandRolesThatAllFailFitToo() {
    var machine =
        new StateMachine(
            definition,
            (resource, input) -> {
              if (resource.contains("reprobe")) {
                throw new StateFailed("Sandbox.Timedout", null);
              }
              return answer(resource, input);
            });

    assertThatThrownBy(() -> machine.run(Map.of()))
        .isInstanceOfSatisfying(
            StateFailed.class, e -> assertThat(e.error()).isEqualTo("Incomplete"));
  }

  @Test
  void aListThatCantBeReadEndsTheRun() {
    var machine =
        new StateMachine(
            definition,
            (resource, input) -> {
              throw new StateFailed("vended.api.StepRefusedException", null);
            });

    assertThatThrownBy(() -> machine.run(Map.of())).isInstanceOf(StateFailed.class);
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    for (String state : List.of("Wait", "Parallel", "Map")) {
      var machine =
          new StateMachine(
              Map.of(
                  "StartAt",
                  "A",
                  "States",
                  Map.of("A", Map.of("Type", state, "Seconds", 1L, "End", true))),
              StateMachineTest::answer);

      assertThatThrownBy(() -> machine.run(Map.of())).hasMessageContaining("not understood");
    }
  }
}

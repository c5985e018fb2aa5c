package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.script.StandIn.Answer;

/** {@code vend client verify}: one wait for all roles, and none that can't help. */
class VerifyTest {
  private static final String ACCOUNT = "555566667777";
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(VerifyTest.class);
  }

  /** The roles {@code new1} and {@code new2} pass at their second probe, {@code old} at once. */
  private static StandIn service(List<String> calls) {
    return new StandIn(
        request -> {
          String role = request.body().replaceAll(".*role/vended/|\".*", "").strip();
          role = role.startsWith("{") ? "" : role;
          calls.add(request.path() + " " + role);
          return switch (request.path()) {
            case "/clients/list" -> Answer.json(client("old", "new1", "refused", "new2"));
            case "/probes" -> Answer.json(probe(role, calls));
            default -> Answer.json("{\"client\":{}}");
          };
        });
  }

  private static String client(String... roles) {
    StringBuilder list = new StringBuilder();
    for (String role : roles) {
      list.append(list.isEmpty() ? "" : ",").append("{\"roleArn\":\"" + ROLE + role + "\"}");
    }
    return "{\"client\":{\"account\":\"%s\",\"roles\":[%s]}}".formatted(ACCOUNT, list);
  }

  private static String probe(String role, List<String> calls) {
    boolean first = calls.stream().filter(("/probes " + role)::equals).count() == 1;
    boolean propagating = role.startsWith("new") && first;
    boolean passed = role.equals("old") || (role.startsWith("new") && !first);
    return "{\"probeId\":\"01M8AQ4EPCPHNR9099NDNQVT51\",\"passed\":%s,\"propagating\":%s,\"findings\":[]}"
        .formatted(passed, propagating);
  }

  private Run verify(Shell shell, StandIn service, String... options) throws Exception {
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    Programs.write(stubs.resolve("sleep"), "echo \"$1\" >> \"$HOME/sleeps\"");
    String[] arguments =
        Stream.concat(Stream.of("client", "verify"), Stream.of(options)).toArray(String[]::new);
    return Run.vend(shell, home, arguments).calling(service.url()).programsIn(stubs);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void oneWaitServesAllRolesThatMayBeTooNew_AndOnlyThoseAreProbedAgain(Shell shell)
      throws Exception {
    List<String> calls = new ArrayList<>();
    try (StandIn service = service(calls)) {
      Run.Result result = verify(shell, service, ACCOUNT).result();

      assertThat(result.exit()).as(result.err()).isEqualTo(1);
      assertThat(result.out().lines())
          .containsExactly(
              ROLE + "old verified",
              ROLE + "refused NOT verified",
              ROLE + "new1 verified",
              ROLE + "new2 verified");
    }
    assertThat(home.resolve("sleeps")).hasContent("30\n");
    assertThat(calls.stream().filter(call -> call.startsWith("/probes")))
        .containsExactly(
            "/probes old",
            "/probes new1",
            "/probes refused",
            "/probes new2",
            "/probes new1",
            "/probes new2");
  }

  @Test
  void aWaitThatCannotHelpIsNotMade() throws Exception {
    try (StandIn service = service(new ArrayList<>())) {
      assertThat(verify(Shell.any(), service, ROLE + "refused").result().exit()).isEqualTo(1);
      assertThat(verify(Shell.any(), service, ROLE + "old").result().exit()).isZero();
      verify(Shell.any(), service, ROLE + "new1", "--wait", "0").result();
    }
    assertThat(home.resolve("sleeps")).doesNotExist();
  }

  @Test
  void howLongToWaitIsForTheAdministratorToSay() throws Exception {
    try (StandIn service = service(new ArrayList<>())) {
      verify(Shell.any(), service, ROLE + "new1", "--wait", "90").result();
    }
    assertThat(home.resolve("sleeps")).hasContent("90\n");
  }
}

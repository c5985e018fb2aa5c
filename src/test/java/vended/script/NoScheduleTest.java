package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.script.StandIn.Answer;

/** A stack without a schedule: nobody is told that it probes. */
class NoScheduleTest {
  private static final String ACCOUNT = "444455556666";
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  private static final String VERIFY = "vend client verify " + ACCOUNT;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private static Answer client(String onboarding) {
    return Answer.json(
        """
        {"client": {"account": "%s", "name": "A", "version": 1, "suspended": false, "roles": [
           {"roleArn": "%s", "verified": false, "awaitedSince": "2099-03-01T12:00:00Z"}]},
         "onboarding": {%s}}
        """
            .formatted(ACCOUNT, ROLE, onboarding));
  }

  private Run.Result put(String onboarding) {
    Answer none = new Answer(404, "application/problem+json", "{\"code\":\"no_client\"}", Map.of());
    try (StandIn service =
        new StandIn(
            request -> request.path().equals("/clients/list") ? none : client(onboarding))) {
      Run run =
          Run.vend(
              Shell.any(),
              home,
              "client",
              "put",
              ACCOUNT,
              "--name",
              "A",
              "--role",
              ROLE,
              "--activate-when-safe");
      return run.calling(service.url()).result();
    }
  }

  private Run.Result await(String onboarding) {
    try (StandIn service = new StandIn(request -> client(onboarding))) {
      return Run.vend(Shell.any(), home, "client", "wait", ACCOUNT, "--timeout", "0")
          .calling(service.url())
          .result();
    }
  }

  @Test
  void whoeverPutsAClientIsToldToVerifyIt() {
    assertThat(put("\"newRolesProbed\": false").err())
        .contains("no schedule probes new roles (parameter ReprobeSchedule)", VERIFY)
        .doesNotContain("the schedule probes");
    assertThat(put("\"newRolesProbed\": true").err()).contains("the schedule probes new roles");
    assertThat(put("").err()).as("of an older service").contains("the schedule probes new roles");
  }

  @Test
  void waitingEndsAtOnce() {
    Run.Result unprobed = await("\"newRolesProbed\": false");

    assertThat(unprobed.exit()).isEqualTo(1);
    assertThat(unprobed.err())
        .contains(
            "no role becomes so by itself", "no schedule probes it", "vend client verify " + ROLE);
    assertThat(await("\"newRolesProbed\": true").err()).contains("the schedule probes it");
  }
}

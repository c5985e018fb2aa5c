package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.script.StandIn.Answer;

/** Whose refusal it was, and what can't be tried. Only the checks of --probe matter here. */
class DoctorAttemptsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @Test
  void refusalByAServiceControlPolicy_ProvesNothingOfTheTables() throws Exception {
    DoctorAnswers answers = new DoctorAnswers();
    answers.onlyWhatIsAttempted();
    answers.refuseWrites("with an explicit deny in a service control policy");
    answers.refuseWrite(
        "apigateway test-invoke-method " + answers.name("Api") + " roles",
        "with an explicit deny in a service control policy: arn:aws:organizations::1:policy/p");
    answers.refuse(
        "iam simulate-principal-policy " + DoctorAnswers.DEPLOYMENT + " all",
        "PolicyEvaluation",
        "The request failed because a provided policy could not be evaluated");
    DoctorRun run =
        DoctorRun.of(Shell.any(), home, answers, "--limit", "2", "--probe", Answers.ROLE);

    assertThat(run.about("principals").getFirst())
        .startsWith("not checked: ")
        .contains("did not answer about 1, at last about " + DoctorAnswers.DEPLOYMENT);

    for (String check :
        new String[] {
          "insert-refused", "allow-list-writes-refused", "audit-writes-refused", "test-refused"
        }) {
      assertThat(run.about(check).getFirst())
          .startsWith("not checked: ")
          .contains("a service control policy");
    }
  }

  @Test
  void operatorWhoMayDoLittle_IsToldWhatWasNotChecked() throws Exception {
    DoctorAnswers answers = new DoctorAnswers();
    answers.onlyWhatIsAttempted();
    answers.refuseWrites("because no identity-based policy allows the dynamodb:PutItem action");
    answers.put(
        "apigateway test-invoke-method " + answers.name("Api") + " roles",
        DoctorAnswers.tested(403, "", "{\"code\":\"forbidden\",\"vendId\":\"V\"}"));
    DoctorRun run =
        DoctorRun.of(
            Shell.any(),
            home,
            answers,
            request -> refusal(request.path().equals("/probes") ? "access_denied" : "forbidden"),
            "--limit",
            "0",
            "--probe",
            Answers.ROLE);

    assertThat(run.about("probe").getFirst())
        .startsWith("not checked: ")
        .contains("attach AdministratorPolicyArn");
    assertThat(run.about("vend").getFirst())
        .startsWith("not checked: ")
        .contains("vend why " + Answers.VEND_ID);
    assertThat(run.about("insert-refused").getFirst()).startsWith("not checked: ");
    assertThat(run.about("audit-writes-refused").getFirst())
        .startsWith("not checked: ")
        .contains("another policy than the table's", "no identity-based policy allows");
    assertThat(run.about("test-refused").getFirst())
        .startsWith("passed: ")
        .contains("by the function");
  }

  private static Answer refusal(String code) {
    return new Answer(
        403,
        "application/problem+json",
        "{\"title\":\"Forbidden\",\"status\":403,\"code\":\"%s\",\"vendId\":\"%s\"}"
            .formatted(code, Answers.VEND_ID),
        Map.of());
  }
}

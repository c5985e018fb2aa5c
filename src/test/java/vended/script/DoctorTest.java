package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.Soak;
import vended.json.JsonObject;

/** {@code vend doctor} about a stack as the template makes it, and what it can't find out. */
class DoctorTest {
  /** What changes something. Its own probe's records are made through the API. */
  private static final Set<String> ATTEMPTS =
      Set.of(
          "dynamodb execute-statement",
          "dynamodb update-item",
          "dynamodb put-item",
          "dynamodb delete-item",
          "apigateway test-invoke-method");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @Test
  void stackThatIsRight_PassesEveryCheck() throws Exception {
    DoctorRun run =
        DoctorRun.of(
            DoctorRun.shell("dash"),
            home,
            new DoctorAnswers(),
            "--probe",
            Answers.ROLE,
            "--accept",
            DoctorAnswers.DEPLOYMENT);

    assertThat(run.checks("failed")).as(run.result().out()).isEmpty();
    assertThat(run.checks("not checked")).as(run.result().out()).isEmpty();
    assertThat(run.result().exit()).as(run.result().err()).isZero();
    assertThat(run.checks("passed")).doesNotHaveDuplicates().hasSizeGreaterThan(45);
    assertThat(Page.of("docs/first-deploy.md").text())
        .contains(run.checks("passed").stream().map(check -> "`" + check + "`").toList());
    assertThat(run.result().out() + run.result().err())
        .doesNotContain(Answers.ISSUED_SECRET, Answers.ISSUED_TOKEN);
    if (Soak.ON && AwsCli.isHere()) {
      assertThat(AwsCli.replay(home.resolve("aws"))).matches("\\d{2,3} questions\n");
    }
    // Reads, apart from the attempts: each of those is harmless if it is not refused.
    for (List<String> question : run.asked()) {
      String operation = question.get(1) + " " + question.get(2);
      assertThat(operation)
          .matches(
              asked ->
                  asked.matches("\\S+ (get|list|describe|query|simulate)\\b.*")
                      || ATTEMPTS.contains(asked));
      if (operation.endsWith("-item")) {
        assertThat(question).contains("attribute_exists(pk) AND attribute_not_exists(pk)");
      }
    }
  }

  @Test
  void answersThatAreRefused_AreNotCheckedAndSaySo() throws Exception {
    DoctorAnswers answers = new DoctorAnswers();
    answers.refuseReads();
    DoctorRun run = DoctorRun.of(Shell.any(), home, answers);

    assertThat(run.result().exit()).as(run.result().err()).isEqualTo(4);
    assertThat(run.checks("passed")).containsExactly("account", "stack", "outputs");
    assertThat(run.checks("failed")).isEmpty();
    assertThat(run.about("principals").getFirst()).contains("iam list-users");
    assertThat(run.about("audit-policy").getFirst())
        .contains("your credentials may not ask (dynamodb get-resource-policy)");
    assertThat(run.checks("not checked")).hasSizeGreaterThan(30).doesNotHaveDuplicates();
  }

  @Test
  void stackOfAnOlderRelease_IsToBeUpdated_AlsoInJson() throws Exception {
    DoctorAnswers answers = new DoctorAnswers();
    answers.stack("UPDATE_COMPLETE", Map.of("VendUrl", "https://x"));
    answers.resources(Set.of("VendorRole", "EvidenceStream", "WatchFunction")::contains);
    answers.put("sts get-caller-identity", DoctorAnswers.identity("arn:aws:iam::1:\"\\\u001b[2J"));
    DoctorRun run =
        DoctorRun.of(
            Shell.any(),
            home,
            answers,
            "--format",
            "json",
            "--limit",
            "0",
            "--probe",
            Answers.ROLE);
    String out = run.result().out();

    assertThat(run.result().exit()).as(run.result().err()).isEqualTo(1);
    assertThat(run.result().err()).doesNotContain("not found", "parameter").contains(" failed, ");
    assertThat(out).doesNotContain("\u001b");
    JsonObject report = ((JsonObject.Read) JsonObject.readForeign(out)).object();
    assertThat(report.members())
        .containsOnlyKeys("stack", "account", "region", "checks", "passed", "failed", "notChecked");
    for (String check :
        List.of(
            "outputs", "admin-role", "vend-alias", "api", "evidence-delivery", "vend-records")) {
      assertThat(out)
          .containsPattern(
              "\\{\"check\":\"%s\",\"result\":\"failed\",\"detail\":\"[^\"]*\",\"action\":\"update the stack"
                  .formatted(check));
    }
  }

  @Test
  void noStack_EndsWithWhatToDo() throws Exception {
    DoctorAnswers answers = new DoctorAnswers();
    answers.refuse(
        "cloudformation describe-stacks other",
        "ValidationError",
        "Stack with id other does not exist");
    DoctorRun run = DoctorRun.of(Shell.any(), home, answers, "--stack", "other");

    assertThat(run.result().exit()).isEqualTo(1);
    assertThat(run.about("stack").getFirst()).startsWith("failed: ").contains("--region");
  }

  /** The AWS CLI would read the file, and send it. */
  @Test
  void nameOfAFile_IsNoNameOfAResource() throws Exception {
    String file = "file:///etc/passwd";
    DoctorAnswers answers = new DoctorAnswers();
    answers.resources(
        Set.of("VendorRole", "AdminRole", "AuditTable", "EvidenceStream", "VendFunction"),
        Map.of("AuditTable", file, "VendFunction", file));
    DoctorRun run = DoctorRun.of(Shell.any(), home, answers, "--limit", "0");

    assertThat(run.asked()).noneMatch(question -> question.contains(file));
    assertThat(run.about("vend-alias").getFirst())
        .isEqualTo("not checked: vend-alias: the name of VendFunction has unexpected characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--stack file:///etc/passwd",
        "--stack --debug",
        "--accept arn:aws:iam::111122223333:role/*",
        "--accept arn:aws:sts::111122223333:assumed-role/Admin/me",
        "--probe arn:aws:iam::111122223333:user/u",
        "--region EU",
        "more"
      })
  void wrongUsage_AsksAwsNothing(String options) throws Exception {
    DoctorRun run = DoctorRun.of(Shell.any(), home, new DoctorAnswers(), options.split(" ", -1));

    assertThat(run.result().exit()).as(run.result().err()).isEqualTo(2);
    assertThat(home.resolve("aws/.asked")).doesNotExist();
  }

  /** What the simulator is asked about is what the service control policy denies. */
  @Test
  void actions_AreThoseOfTheServiceControlPolicy() throws Exception {
    String script = Files.readString(Path.of("bin/vend-doctor"));
    Set<String> asked = new HashSet<>();
    Matcher list = Pattern.compile("(?s)\n[A-Z]+_ACTIONS='([^']*)'").matcher(script);
    while (list.find()) {
      asked.addAll(Arrays.asList(list.group(1).split("\\s+")));
    }
    String policy = Files.readString(Path.of("policies/service-control-policy.json"));
    Set<String> denied = new HashSet<>();
    Matcher action = Pattern.compile("\"([a-z0-9]+:[A-Z][A-Za-z]+\\*?)\"(?!:)").matcher(policy);
    while (action.find()) {
      denied.add(action.group(1));
    }
    assertThat(denied).hasSizeGreaterThan(50);
    for (String one : denied) {
      assertThat(asked).as(one).anyMatch(name -> name.matches(one.replace("*", ".*")));
    }
    for (String one : asked) {
      assertThat(denied).as(one).anyMatch(name -> one.matches(name.replace("*", ".*")));
    }
  }

  @Test
  void outputs_AreThoseOfTheTemplate() throws Exception {
    String script = Files.readString(Path.of("bin/vend-doctor"));
    Matcher outputs = Pattern.compile("(?s)\nOUTPUTS='([^']*)'").matcher(script);
    assertThat(outputs.find()).isTrue();
    Set<String> wanted = new HashSet<>(new DoctorAnswers().template.outputs().keySet());
    // Only with evidence.
    wanted.remove("EvidenceBucketName");
    // Only with events.
    wanted.remove("EventBusName");
    // Only with the client's view.
    wanted.remove("ClientViewRouteArn");

    assertThat(outputs.group(1).split("\\s+")).containsExactlyInAnyOrderElementsOf(wanted);
  }
}

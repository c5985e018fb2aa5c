package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.InSoak;
import vended.json.Json;
import vended.template.Template;

/** {@code vend doctor} with the real AWS CLI and moto, where they are on the machine. */
@InSoak("the AWS CLI and moto; DoctorTest and DoctorFailuresTest have each check")
class DoctorMotoTest {
  /** What both moto's CloudFormation and the template have, of what the doctor asks about. */
  private static final Set<String> KNOWN =
      Set.of("AWS::DynamoDB::Table", "AWS::IAM::Role", "AWS::IAM::RolePolicy");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @BeforeEach
  void awsCliIsHere() throws Exception {
    AwsCli.assume();
  }

  /**
   * Whose DynamoDB, IAM, Lambda and CloudFormation somebody else wrote. It has no simulator, and
   * its CloudFormation names no versions of functions, which is what an alias is compared with.
   */
  @Test
  void stackInMoto_PassesWhatMotoKnows() throws Exception {
    Path stack = Files.writeString(home.resolve("stack.json"), Json.write(stack()));
    Map<String, String> account = Map.of("MOTO_ACCOUNT_ID", DoctorAnswers.ACCOUNT);
    try (AwsCli moto = AwsCli.serving("moto", stack.toString(), account)) {
      Path stubs = Files.createDirectories(home.resolve("stubs"));
      Programs.write(stubs.resolve("aws"), moto.script());
      DoctorRun run =
          new DoctorRun(
              home,
              Run.vend(Shell.any(), home, "doctor")
                  .with("AWS_REGION", "eu-west-1")
                  .with("TMPDIR", home.toString())
                  .programsIn(stubs)
                  .result());

      assertThat(run.checks("passed"))
          .as(run.result().out() + run.result().err())
          .contains(
              "account",
              "stack",
              "allow-list-table",
              "allow-list-policy",
              "allow-list-backups",
              "allow-list-expiry",
              "audit-table",
              "audit-policy",
              "audit-backups",
              "audit-expiry",
              "vendor-role-id",
              "vendor-role-trust",
              "vendor-role-powers",
              "admin-role-trust",
              "admin-role-powers",
              "audit-role-trust",
              "audit-role-powers",
              "watch-callers",
              "event-sources");
    }
  }

  private static Map<String, ?> stack() {
    Template template = new DoctorAnswers().template;
    Map<String, Object> resources = new LinkedHashMap<>();
    List<String> roles =
        new ArrayList<>(List.of("VendorRole", "AdminRole", "AuditRole", "MineRole"));
    template
        .resources()
        .forEach(
            (id, resource) -> {
              String type = String.valueOf(resource.get("Type"));
              boolean known =
                  type.equals("AWS::IAM::Role") ? roles.contains(id) : KNOWN.contains(type);
              if (known && !id.startsWith("Evidence")) {
                resources.put(id, Map.of("Type", type, "Properties", template.properties(id)));
              }
              if (type.equals("AWS::Serverless::Function")) {
                resources.put(
                    id,
                    Map.of(
                        "Type",
                        "AWS::Lambda::Function",
                        "Properties",
                        Map.of(
                            "FunctionName", template.reference(id),
                            "Handler", "x",
                            "Runtime", "java21",
                            "Role",
                                Map.of(
                                    "Fn::GetAtt",
                                    List.of(template.roles().functionRole(id), "Arn")),
                            "Code", Map.of("ZipFile", "x"))));
              }
            });
    return Map.of(
        "Resources",
        resources,
        "Outputs",
        Map.of("VendorAccountId", Map.of("Value", DoctorAnswers.ACCOUNT)));
  }
}

package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.InSoak;
import vended.iam.Policy;
import vended.json.Json;

/**
 * Another evaluator of IAM policies, which knows nothing of ours, decides the same. It is not part
 * of the build; without it the test is skipped:
 *
 * <pre>
 * npm install --ignore-scripts --prefix target/iam-simulate @cloud-copilot/iam-simulate@0.1.173
 * </pre>
 */
@InSoak("another evaluator; PolicyTest, ConditionTest and PrincipalsTest have the decisions")
class OtherEvaluatorTest {
  private static final String SIMULATE = "src/test/resources/vended/template/simulate.mjs";
  private static final Path FOLDER =
      Path.of(System.getProperty("vended.iam-simulate", "target/iam-simulate")).toAbsolutePath();
  private static final List<String> FUNCTIONS = List.of("vend", "admin", "watch", "other");
  private static final List<String> PRINCIPALS =
      List.of(
          "arn:aws:iam::111122223333:role/vended-admin-eu-west-1",
          "arn:aws:iam::111122223333:role/vended-vendor",
          "arn:aws:iam::111122223333:role/Administrator",
          "arn:aws:iam::111122223333:user/somebody",
          "arn:aws:iam::222233334444:role/Pipeline",
          "arn:aws:iam::222233334444:role/ops/Vended-1",
          "arn:aws:iam::999999999999:user/stranger");

  private static final Template TEMPLATE =
      Template.read(
          Path.of("template.yaml"),
          Map.of(
              "AWS::Region", "eu-west-1",
              "EvidenceRetentionDays", "30",
              "CallerAccounts", "222233334444,333344445555",
              "AdministratorArns", "arn:aws:iam::222233334444:role/ops/Vended-*",
              "AuditorArns", "arn:aws:iam::222233334444:role/Audit*"));

  private final EvaluatorCases cases = new EvaluatorCases();

  @Test
  void bothDecideTheSame(@TempDir Path folder) throws Exception {
    if (!Files.isDirectory(FOLDER.resolve("node_modules/@cloud-copilot/iam-simulate"))) {
      Tool.skip("@cloud-copilot/iam-simulate is not installed in " + FOLDER);
    }
    roles();
    callers();
    tables();
    controlPolicy();
    edges();
    var file = folder.resolve("cases.json");
    Files.writeString(file, cases.json());

    var result = Tool.run("node", SIMULATE, FOLDER.toString(), file.toString());

    var theirs = result.output().lines().toList();
    assertThat(theirs).hasSize(cases.size()).hasSizeGreaterThan(400);
    System.out.printf("%d decisions compared: %s%n", theirs.size(), cases.summary());
    assertThat(cases.disagreements(theirs)).isEmpty();
    assertThat(theirs).contains("Allowed", "ImplicitlyDenied", "ExplicitlyDenied");
  }

  /** What each function's role may do, called by that function, by another, and by none. */
  private void roles() {
    var actions =
        List.of(
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:DeleteItem",
            "dynamodb:PartiQLInsert",
            "dynamodb:PartiQLDelete",
            "sts:AssumeRole",
            "sts:TagSession",
            "logs:PutLogEvents",
            "xray:PutTraceSegments",
            "iam:PassRole");
    var resources = new ArrayList<String>();
    TEMPLATE
        .tables()
        .forEach(table -> resources.addAll(List.of(table.arn(), table.arn() + "/index/by-kind")));
    resources.addAll(
        List.of(
            "arn:aws:iam::444455556666:role/vended/deploy",
            "arn:aws:iam::444455556666:role/deploy",
            "arn:aws:iam::111122223333:role/vended/deploy",
            TEMPLATE.arn("VendLog"),
            TEMPLATE.arn("VendLog") + ":log-stream:one"));
    for (var function : TEMPLATE.ofType("AWS::Serverless::Function")) {
      var policies = TEMPLATE.functionPolicies(function);
      for (var action : actions) {
        for (var resource : resources) {
          for (var source : FUNCTIONS) {
            cases.identity("roles", policies, PRINCIPALS.get(1), action, resource, context(source));
          }
        }
      }
    }
  }

  private static Map<String, List<String>> context(String source) {
    return source.equals("other")
        ? Map.of()
        : Map.of(
            "lambda:SourceFunctionArn",
            List.of("arn:aws:lambda:eu-west-1:111122223333:function:vended-" + source),
            "dynamodb:LeadingKeys",
            List.of(source.equals("admin") ? "probes#one" : "records"));
  }

  /** Who may call which route: by their own policy, and by the API's. */
  private void callers() {
    var api = "arn:aws:execute-api:eu-west-1:111122223333:" + TEMPLATE.reference("Api");
    for (var route : TEMPLATE.routes()) {
      for (var stage : List.of("/v1", "/test-invoke-stage", "/v1/GET")) {
        var resource = route.arn(api + stage);
        for (var policy : List.of("CallerPolicy", "AdministratorPolicy", "AuditorPolicy")) {
          cases.identity(
              "routes",
              List.of(TEMPLATE.managedPolicy(policy)),
              PRINCIPALS.get(3),
              "execute-api:Invoke",
              resource,
              Map.of());
        }
      }
      for (var caller : PRINCIPALS) {
        if (!caller.contains("111122223333")) {
          cases.resource(
              "api", apiPolicy(api), caller, "execute-api:Invoke", route.arn(api + "/v1"));
        }
      }
    }
  }

  /** API Gateway completes the resources of its policies. */
  private static Object apiPolicy(String api) {
    return Yaml.parse(
        Json.write(Tree.map(TEMPLATE.api().resourcePolicy())).replace("execute-api:/", api + "/"));
  }

  private void tables() {
    for (var table : List.of("AllowListTable", "AuditTable")) {
      var policy =
          Tree.map(Tree.at(TEMPLATE.properties(table), "ResourcePolicy", "PolicyDocument"));
      for (var action : PolicyChecks.WRITES) {
        for (var caller : PRINCIPALS.subList(0, 4)) {
          cases.resource("tables", policy, caller, action, TEMPLATE.table(table).arn());
        }
      }
    }
  }

  private void controlPolicy() throws IOException {
    var policy =
        Yaml.parse(
            Files.readString(Path.of("policies", "service-control-policy.json"))
                .replace("ACCOUNT_ID", "111122223333")
                .replace("API_ID", TEMPLATE.reference("Api"))
                .replace("DEPLOYMENT_ROLE_ARN", "arn:aws:iam::111122223333:role/Deployment"));
    var callers = new ArrayList<>(PRINCIPALS.subList(0, 4));
    callers.add("arn:aws:iam::111122223333:role/Deployment");
    for (var bypass : PolicyFilesTest.bypasses().toList()) {
      for (var caller : callers) {
        cases.control("control policy", policy, caller, bypass.action(), bypass.resource());
      }
    }
  }

  /** Each rule of the language that a policy of ours uses or could use. */
  private void edges() throws IOException {
    var edges =
        Yaml.parse(Files.readString(Path.of("src/test/resources/vended/template/edges.yaml")));
    for (var edge : Tree.listAt(edges, "edges")) {
      var policy = Map.of("Version", "2012-10-17", "Statement", Tree.listAt(edge, "statements"));
      assertThat(Policy.identity(policy).statements()).isNotEmpty();
      for (var context : Tree.listAt(edge, "contexts")) {
        for (var action : Tree.listAt(edge, "actions")) {
          for (var resource : Tree.listAt(edge, "resources")) {
            cases.identity(
                "edges",
                List.of(policy),
                PRINCIPALS.get(3),
                action.toString(),
                resource.toString(),
                EvaluatorCases.context(context));
          }
        }
      }
    }
  }
}

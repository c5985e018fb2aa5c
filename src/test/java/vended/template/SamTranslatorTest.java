package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.json.JsonObject;

/** What SAM makes of the template, where its translator is installed. */
class SamTranslatorTest {
  private static final Path TRANSLATE =
      Path.of("src", "test", "resources", "vended", "template", "translate.py");
  private static final Path TEMPLATE = Path.of("template.yaml");
  private static final int NOT_INSTALLED = 3;

  private static @Nullable Object translated;
  private static @Nullable Object withOtherAccounts;
  private static @Nullable Object withOtherMemory;

  /** All in one process: the translator takes longer to start than to translate. */
  @BeforeAll
  static void translate(@TempDir Path folder) throws Exception {
    var other = folder.resolve("template.yaml");
    Files.writeString(
        other, Files.readString(TEMPLATE).replaceAll("MemorySize: \\d+", "MemorySize: 2048"));
    var result =
        Tool.run(
            "python3",
            TRANSLATE.toString(),
            TEMPLATE.toString(),
            "--",
            TEMPLATE.toString(),
            "CallerAccounts=222233334444",
            "--",
            other.toString());
    if (result.exitCode() == NOT_INSTALLED) {
      Tool.skip("the SAM translator is not installed");
    }
    assertThat(result.exitCode()).isZero();
    List<?> templates = Tree.listAt(Yaml.parse(result.output()), "templates");
    translated = templates.get(0);
    withOtherAccounts = templates.get(1);
    withOtherMemory = templates.get(2);
  }

  @Test
  void thereIsOneStage() {
    assertThat(Tree.mapAt(translated, "Resources").values())
        .filteredOn(resource -> "AWS::ApiGateway::Stage".equals(Tree.textAt(resource, "Type")))
        .extracting(stage -> Tree.textAt(stage, "Properties", "StageName"))
        .containsExactly("v1");
  }

  @Test
  void everyRouteWantsASignature() {
    var body = Tree.at(translated, "Resources", "Api", "Properties", "Body");
    var routes = Tree.mapAt(body, "paths");
    assertThat(routes).hasSameSizeAs(Template.read(TEMPLATE, Map.of()).routes());
    routes.forEach(
        (path, methods) ->
            assertThat(Tree.listAt(methods, "post", "security"))
                .as(path)
                .containsExactly(Map.of("AWS_IAM", List.of())));
    assertThat(
            Tree.textAt(
                body, "components", "securitySchemes", "AWS_IAM", "x-amazon-apigateway-authtype"))
        .isEqualTo("awsSigv4");
  }

  /** Otherwise a pause would make another API, and callers would need another URL. */
  @Test
  void aPausedStackHasTheSameApi() throws Exception {
    var paused =
        Tree.mapAt(
            Yaml.parse(Files.readString(Path.of("import.yaml"))), "Resources", "Api", "Properties");
    var api = Tree.mapAt(translated, "Resources", "Api", "Properties");
    assertThat(Tree.textAt(translated, "Resources", "Api", "Type"))
        .isEqualTo("AWS::ApiGateway::RestApi");
    assertThat(paused).containsOnlyKeys(api.keySet());
    for (var name : api.keySet()) {
      if (!name.equals("Body")) {
        assertThat(paused.get(name)).as(name).isEqualTo(api.get(name));
      }
    }
  }

  /** API Gateway goes by a resource policy only once it is deployed. */
  @Test
  void anotherListOfCallerAccountsIsDeployed() {
    assertThat(ids("AWS::ApiGateway::Deployment", withOtherAccounts))
        .hasSize(1)
        .isNotEqualTo(ids("AWS::ApiGateway::Deployment", translated));
  }

  /** Otherwise the alias would keep a version with the old memory. */
  @Test
  void aChangedTemplateIsPublished() {
    var before = ids("AWS::Lambda::Version", translated);
    var after = ids("AWS::Lambda::Version", withOtherMemory);
    assertThat(after).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
  }

  /**
   * CloudFormation replaces a version with another description, which {@code ParametersTest} needs.
   */
  @Test
  void theAliasNamesTheVersionWithTheFunctionsDescription() throws Exception {
    var declared = Tree.mapAt(Yaml.parse(Files.readString(TEMPLATE)), "Resources");
    var aliases = ids("AWS::Lambda::Alias", translated);
    assertThat(aliases).hasSize(7);
    for (var alias : aliases) {
      var function = alias.replace("Aliaslive", "");
      var version =
          Tree.listAt(translated, "Resources", alias, "Properties", "FunctionVersion", "Fn::GetAtt")
              .getFirst()
              .toString();
      var properties = Tree.mapAt(translated, "Resources", version, "Properties");
      assertThat(properties).containsEntry("FunctionName", Map.of("Ref", function));
      assertThat(properties.get("Description"))
          .isEqualTo(Tree.at(declared.get(function), "Properties", "VersionDescription"));
      assertThat(Tree.textAt(translated, "Resources", version, "DeletionPolicy"))
          .isEqualTo("Delete");
    }
  }

  /** Step Functions takes no number in quotes, and SAM has to name the aliases that it makes. */
  @Test
  void theStateMachineIsWhatTheTemplateSays() {
    var machine = Tree.at(translated, "Resources", "ReprobeMachine", "Properties");
    var lines = Tree.listAt(Tree.listAt(machine, "DefinitionString", "Fn::Join").get(1));
    var text = lines.stream().map(Object::toString).collect(Collectors.joining("\n"));
    var aliases = Tree.mapAt(machine, "DefinitionSubstitutions");
    assertThat(aliases.values())
        .containsOnly(
            Map.of("Ref", "ReprobeFunctionAliaslive"), Map.of("Ref", "SettleFunctionAliaslive"));
    for (var alias : aliases.entrySet()) {
      var function = Tree.requiredAt(alias.getValue(), "Ref").replace("Aliaslive", "");
      var arn = Template.read(TEMPLATE, Map.of()).arn(function) + ":live";
      text = text.replace("${" + alias.getKey() + "}", arn);
    }

    assertThat(((JsonObject.Read) JsonObject.read(text)).object().members())
        .isEqualTo(
            Template.read(TEMPLATE, Map.of()).properties("ReprobeMachine").get("Definition"));
  }

  private static List<String> ids(String type, @Nullable Object template) {
    return Tree.mapAt(template, "Resources").entrySet().stream()
        .filter(resource -> type.equals(Tree.textAt(resource.getValue(), "Type")))
        .map(Map.Entry::getKey)
        .toList();
  }
}

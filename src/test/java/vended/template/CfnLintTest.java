package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.Soak;
import vended.json.Json;

/**
 * What CloudFormation's own rules say of the templates, where cfn-lint is installed. {@code
 * .cfnlintrc} turns all of its rules on.
 */
class CfnLintTest {
  /** All Regions take cfn-lint a minute. */
  private static final List<String> REGIONS =
      Soak.ON ? List.of("ALL_REGIONS") : List.of("eu-west-1");

  /** In the long run only: .ci/lint asks the same of every submission, and it takes its time. */
  @Test
  void cfnLintFindsNothingInTheTemplates() throws Exception {
    assumeTrue(Soak.ON, "only in the long run: see .ci/lint");

    assertNothingFound("template.yaml", "client-role.yaml", "import.yaml");
  }

  /** The same: cfn-lint translates the template itself, by the same translator. */
  @Test
  void cfnLintFindsNothingInWhatSamMakesOfTheTemplate(@TempDir Path folder) throws Exception {
    assumeTrue(Soak.ON, "only in the long run: see .ci/lint");
    var translated = folder.resolve("translated.json");
    Files.writeString(translated, Json.write(translated()));

    assertNothingFound(translated.toString());
  }

  private static Map<String, Object> translated() throws Exception {
    var result =
        Tool.run("python3", "src/test/resources/vended/template/translate.py", "template.yaml");
    if (result.exitCode() != 0) {
      Tool.skip("the SAM translator is not installed");
    }
    return Tree.map(Tree.listAt(Yaml.parse(result.output()), "templates").getFirst());
  }

  private static void assertNothingFound(String... templates) throws Exception {
    var command = new ArrayList<>(List.of("cfn-lint", "--regions"));
    command.addAll(REGIONS);
    command.add("--template");
    command.addAll(List.of(templates));
    var result = Tool.run(command.toArray(String[]::new));

    assertThat(result.output()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }
}

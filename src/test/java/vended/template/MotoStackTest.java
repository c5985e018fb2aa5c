package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vended.InSoak;

/**
 * Create, fill, delete and create again in moto's CloudFormation, as far as it goes, where moto is
 * installed. {@link RedeployTest} has the rules that moto lacks.
 */
@InSoak("moto as another CloudFormation; RedeployTest has the rules")
class MotoStackTest {
  private static final String SCRIPTS = "src/test/resources/vended/template/";
  private static final int NOT_INSTALLED = 3;

  @Test
  void theRoleAndTheTablesStayAndFitTheNextDeployment(@TempDir Path folder) throws Exception {
    Path templates = folder.resolve("templates.json");
    Files.writeString(
        templates, run(SCRIPTS + "translate.py", "template.yaml", "--", "import.yaml"));
    Map<String, Object> found = Yaml.parse(run(SCRIPTS + "redeploy.py", templates.toString()));

    Map<String, Object> tables = Tree.mapAt(found, "created", "tables");
    assertThat(tables).hasSize(2);
    assertThat(tables.values()).allMatch(table -> "1".equals(Tree.textAt(table, "rows")));
    assertThat(Tree.mapAt(found, "deleted", "tables")).isEqualTo(tables);
    assertThat(Tree.mapAt(found, "deleted", "roles"))
        .isEqualTo(
            Map.of("vended-vendor", Tree.requiredAt(found, "created", "roles", "vended-vendor")));

    Map<String, Object> imported = Tree.mapAt(found, "imported", "tables");
    assertThat(imported.values())
        .extracting(table -> Tree.at(table, "definition"))
        .containsExactlyInAnyOrderElementsOf(
            tables.values().stream().map(table -> Tree.at(table, "definition")).toList());
    // Not replaced by others.
    assertThat(Tree.mapAt(found, "deployed", "tables").keySet()).isEqualTo(imported.keySet());
    Map<String, Object> roles = Tree.mapAt(found, "deployed", "roles");
    assertThat(roles.keySet())
        .isEqualTo(Set.of("vended-vendor", "vended-admin-eu-west-1", "vended-audit-eu-west-1"));
    assertThat(roles).containsAllEntriesOf(Tree.mapAt(found, "imported", "roles"));
  }

  private static String run(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "python3";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Tool.Result result = Tool.run(command);
    if (result.exitCode() == NOT_INSTALLED) {
      Tool.skip("moto, or the SAM translator, is not installed");
    }
    assertThat(result.exitCode()).isZero();
    return result.output();
  }
}

package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vended.InSoak;
import vended.local.OldRelease;

/** An update of a stack of each earlier release to this template. */
class UpgradeTest {
  private static final Path TEMPLATE = Path.of("template.yaml");
  private static final String SCRIPTS = "src/test/resources/vended/template/";
  private static final int NOT_INSTALLED = 3;

  /** Two roles have the Region in their names since: docs/operations.md, "Upgrading". */
  private static final Set<String> DOCUMENTED =
      Set.of("AdminRole is replaced: RoleName", "AuditRole is replaced: RoleName");

  @ParameterizedTest
  @MethodSource("vended.local.OldRelease#all")
  void anUpdateReplacesAndDeletesNothing(OldRelease release) throws IOException {
    var findings =
        UpgradeChecks.findings(Files.readString(release.template()), Files.readString(TEMPLATE));

    assertThat(DOCUMENTED).containsAll(findings);
  }

  /** The same in moto, as far as it goes: the role's unique ID, the tables and their rows stay. */
  @InSoak("moto as another CloudFormation; anUpdateReplacesAndDeletesNothing has the rule")
  @ParameterizedTest
  @MethodSource("vended.local.OldRelease#all")
  void motoKeepsTheRoleAndTheRows(OldRelease release, @TempDir Path folder) throws Exception {
    var templates = folder.resolve("templates.json");
    Files.writeString(
        templates,
        python("translate.py", release.template().toString(), "--", TEMPLATE.toString()));
    var found = Yaml.parse(python("upgrade.py", templates.toString(), release.folder().toString()));

    assertThat(found.get("after")).isEqualTo(found.get("before"));
    assertThat(Tree.mapAt(found, "after", "tables").values())
        .extracting(table -> Tree.requiredAt(table, "rows"))
        .containsExactlyInAnyOrder(
            String.valueOf(release.allowList().size()), String.valueOf(release.audit().size()));
  }

  private static String python(String script, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("python3", SCRIPTS + script));
    command.addAll(List.of(arguments));
    var result = Tool.run(command.toArray(String[]::new));
    if (result.exitCode() == NOT_INSTALLED) {
      Tool.skip("moto, or the SAM translator, is not installed");
    }
    assertThat(result.exitCode()).isZero();
    return result.output();
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("mistakes")
  void aChangeThatAnUpdateCannotMakeIsFound(String find, String replace, String finding)
      throws IOException {
    var now = Files.readString(TEMPLATE);
    var later = now.replaceFirst(find, replace);
    assertThat(later).as("the mutation applies").isNotEqualTo(now);

    assertThat(UpgradeChecks.findings(now, later)).contains(finding);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            "RoleName: !Ref VendorRoleName", "RoleName: x", "VendorRole is replaced: RoleName"),
        Arguments.of("Default: vended-vendor", "Default: x", "VendorRoleName has another default"),
        Arguments.of(
            "Description: May ask the audit",
            "Description: x",
            "AuditorPolicy is replaced: Description"),
        Arguments.of(
            "AttributeName: sk, KeyType",
            "AttributeName: x, KeyType",
            "AllowListTable is replaced: KeySchema"),
        Arguments.of(
            "IndexName: by-kind",
            "IndexName: x",
            "AllowListTable changes or loses the index by-kind"),
        Arguments.of(
            "(?s)GlobalSecondaryIndexes:",
            "$0\n        - IndexName: a\n        - IndexName: b",
            "AllowListTable gets more than one index: [a, b]"),
        Arguments.of("\n  AuditTable:", "\n  Records:", "AuditTable is deleted"),
        Arguments.of(
            "Default: rate\\(1 day\\)",
            "MaxLength: 9",
            "ReprobeSchedule is a parameter without a default"),
        Arguments.of(
            "AllowedPattern: \\^\\(off.*",
            "AllowedPattern: ^off\\$",
            "ReprobeSchedule no longer accepts rate(1 day)"),
        Arguments.of("\n  VendUrl:", "\n  Url:", "VendUrl is no longer an output"));
  }
}

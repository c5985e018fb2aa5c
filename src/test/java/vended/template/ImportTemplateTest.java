package vended.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static vended.template.StandInCommands.REGION;
import static vended.template.StandInCommands.STACK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code import.yaml} beside the template that it is made from. */
class ImportTemplateTest {
  @SuppressWarnings("NullAway.Init")
  private String template;

  @SuppressWarnings("NullAway.Init")
  private String imported;

  @BeforeEach
  void read() throws IOException {
    template = Files.readString(Path.of("template.yaml"));
    imported = Files.readString(Path.of("import.yaml"));
  }

  @Test
  void theImportTemplateIsWhatTheTemplateGives() throws Exception {
    Process check =
        new ProcessBuilder("src/template/import", "--check").redirectErrorStream(true).start();
    assertThat(new String(check.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(check.waitFor()).isZero();
    // AWS CLI: a template in the command's own body has at most 51,200 bytes.
    assertThat(imported.length()).isLessThan(51_200);
    assertThat(imported).doesNotContain("\nTransform:", "\nOutputs:");
  }

  /** What a pause keeps is as the template has it, so that it changes nothing that callers see. */
  @Test
  void aPauseKeepsThePoliciesAndRolesAsTheyAre() {
    StackTemplate full = StackTemplate.of(REGION, STACK, template, Map.of());
    StackTemplate paused = StackTemplate.of(REGION, STACK, imported, Map.of("Service", "paused"));

    for (String id :
        List.of("AdminRole", "AuditRole", "CallerPolicy", "AdministratorPolicy", "AuditorPolicy")) {
      assertThat(paused.properties(id)).as(id).isEqualTo(full.properties(id));
    }
    assertThat(paused.ids()).hasSize(9);
  }
}

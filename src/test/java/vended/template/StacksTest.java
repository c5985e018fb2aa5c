package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vended.template.StandInCommands.REGION;
import static vended.template.StandInCommands.STACK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.template.StandInCloudFormation.Stack;

/** Several stacks in an account, and what a failed deployment leaves: nothing. */
class StacksTest {
  /** With everything that a stack can leave behind. */
  private static final Map<String, String> EVIDENCE =
      Map.of("EvidenceRetentionDays", "1", "PublishEvents", "true");

  private final StandInAccount account = new StandInAccount(Optional.empty());
  private final StandInCloudFormation formation = new StandInCloudFormation(account);

  @SuppressWarnings("NullAway.Init")
  private String template;

  @BeforeEach
  void read() throws IOException {
    template = Files.readString(Path.of("template.yaml"));
  }

  @Test
  void withoutTheImport_theRolesNameIsTakenAndNothingIsLeft() throws Exception {
    formation.create(REGION, STACK, template, Map.of());
    formation.delete(REGION, STACK);
    List<String> before = account.orphans();

    assertThatThrownBy(() -> formation.create(REGION, STACK, template, EVIDENCE))
        .hasMessageContaining("vended-vendor already exists");
    assertThat(account.orphans()).isEqualTo(before);
  }

  /** Each with a vendor role of its own name, since names of roles belong to the account. */
  @ParameterizedTest
  @CsvSource({"eu-west-1,staging", "us-east-1,vended"})
  void anotherStackAndAnotherRegionWork(String region, String name) throws Exception {
    formation.create(REGION, STACK, template, Map.of());
    List<String> before = account.orphans();

    assertThatThrownBy(() -> formation.create(region, name, template, EVIDENCE))
        .hasMessageContaining("vended-vendor already exists");
    assertThat(account.orphans()).isEqualTo(before);

    Stack second =
        formation.create(region, name, template, Map.of("VendorRoleName", name + "-" + region));
    assertThat(second.things).hasSameSizeAs(formation.get(REGION, STACK).things);
  }

  /** The longest names of Regions have 14 characters. */
  @Test
  void aStackNameThatIsTooLongFailsBeforeAnythingIsLeft() {
    String region = "ap-southeast-1";
    formation.create(region, "s".repeat(43), template, Map.of("VendorRoleName", "longest"));

    assertThatThrownBy(() -> formation.create(region, "s".repeat(44), template, EVIDENCE))
        .hasMessageContaining("AdminRole=")
        .hasMessageContaining("is longer than 64 characters");
    assertThat(account.orphans()).isEmpty();
  }
}

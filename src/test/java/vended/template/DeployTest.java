package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's command for the deployment, and what it leaves behind. */
class DeployTest {
  private static final Template TEMPLATE = Template.read(Path.of("template.yaml"), Map.of());
  private static final Pattern COMMAND = Pattern.compile("(?m)^sam deploy --guided .+$");

  /**
   * {@code --guided} takes its defaults from the command and saves them with the answers
   * (aws-sam-cli, samcli/commands/deploy/guided_context.py). Its own default allows no roles with
   * names.
   */
  @Test
  void theCommandNamesTheStackAndAllowsNamedRoles() throws IOException {
    var command = COMMAND.matcher(Files.readString(Path.of("README.md")));
    assertThat(command.find()).isTrue();
    assertThat(command.group())
        .contains(" --stack-name vended", " --capabilities CAPABILITY_NAMED_IAM");
  }

  /**
   * The account's setting names the role from then on, and CloudFormation does not set it back:
   * without the role, all APIs of the account would stop logging.
   */
  @Test
  void aDeploymentThatFailsLeavesTheRoleOfTheAccountsLogs() {
    for (String id : List.of("ApiGatewayLogRole", "ApiGatewayAccount")) {
      assertThat(TEMPLATE.resource(id))
          .as(id)
          .containsEntry("DeletionPolicy", "Retain")
          .containsEntry("UpdateReplacePolicy", "Retain");
    }
  }

  /** A pipeline's account can't attach a policy of this one, and copies these. */
  @Test
  void theOutputsAreWhatACallersPolicyAllows() {
    var statement = Tree.listAt(TEMPLATE.managedPolicy("CallerPolicy"), "Statement").getFirst();
    assertThat(Tree.listAt(statement, "Resource"))
        .containsExactly(
            TEMPLATE.outputs().get("CredentialsRouteArn"), TEMPLATE.outputs().get("RolesRouteArn"));
  }

  /**
   * It has the account's number, the topic of alarms and more, which are nobody else's business.
   */
  @Test
  void whatItSavesIsNeverCommitted() throws Exception {
    assumeTrue(Files.exists(Path.of(".git")), "not a clone");
    assertThat(Tool.run("git", "check-ignore", "-q", "--no-index", "samconfig.toml").exitCode())
        .isZero();
    assertThat(Tool.run("git", "ls-files", "samconfig.toml").output()).isEmpty();
  }
}

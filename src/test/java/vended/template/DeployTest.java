package vended.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's command for the deployment, and what it leaves behind. */
class DeployTest {
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
    assertThat(Template.read(Path.of("template.yaml"), Map.of()).ofType("AWS::IAM::Role"))
        .isNotEmpty();
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

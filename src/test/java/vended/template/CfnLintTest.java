package vended.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What CloudFormation's own rules say of the templates, where cfn-lint is installed. */
class CfnLintTest {
  @Test
  void cfnLintFindsNothing() throws Exception {
    var result = Tool.run("cfn-lint", "template.yaml", "client-role.yaml");

    assertThat(result.output()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }
}

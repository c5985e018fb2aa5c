package vended.sts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class IssuedCredentialsTest {
  @Test
  void theirTextShowsNoSecret() {
    IssuedCredentials credentials =
        new IssuedCredentials(
            "ASIAEXAMPLEEXAMPLE00",
            "a secret key",
            "a session token",
            Instant.EPOCH,
            "arn:aws:sts::444455556666:assumed-role/deploy/Deployer",
            "AROAEXAMPLE:Deployer",
            1,
            "a request");
    assertThat(credentials.toString())
        .contains("ASIAEXAMPLEEXAMPLE00")
        .doesNotContain("a secret key", "a session token");
  }
}

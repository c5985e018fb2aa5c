package vended;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether administrators are told that a schedule probes new roles. */
class NewRolesProbedTest {
  private static boolean probed(@Nullable String setting) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "ALLOW_LIST_TABLE", "list",
                "AUDIT_TABLE", "audit",
                "STACK_NAME", "vended",
                "VENDOR_ROLE_ARN", "arn:aws:iam::111122223333:role/vended-vendor",
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", "secret"));
    if (setting != null) {
      environment.put("NEW_ROLES_PROBED", setting);
    }
    Wiring wiring = new Wiring(environment, Clock.systemUTC());
    try {
      return wiring.administration().onboarding().probed();
    } finally {
      Wirings.close(wiring);
    }
  }

  @Test
  void theSettingSaysSo_AndWithoutItThereIsOne() {
    assertThat(probed("false")).isFalse();
    assertThat(probed("true")).isTrue();
    assertThat(probed(null)).isTrue();
  }

  @Test
  void anythingElseIsNoSetting() {
    assertThatThrownBy(() -> probed("off"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("NEW_ROLES_PROBED must be true or false");
  }
}

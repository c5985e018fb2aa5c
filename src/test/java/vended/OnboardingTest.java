package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vended.Administrator.Answer;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;

/** A client from nothing to a first vend, and out again when its role lets strangers in. */
class OnboardingTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  @BeforeEach
  void reset() {
    stack.sts().removeRole(Administrator.ROLE);
  }

  /** The client makes its role, with or without the condition that keeps strangers out. */
  private static void makeRole(String condition) {
    String vendor = stack.people().vendor().principal().identityArn();
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Principal": {"AWS": "%s"},
           "Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]%s}]}
        """
            .formatted(vendor, condition);
    stack.sts().addRole(Administrator.ROLE, trust, Duration.ofHours(1));
  }

  private static String requiring(String externalId) {
    return ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"%s\"}}"
        .formatted(externalId);
  }

  private static Answer probe() throws Exception {
    return admin.post("/probes", Map.of("roleArn", Administrator.ROLE));
  }

  private static Answer grant() throws Exception {
    Keys.Key pipeline = stack.people().pipeline();
    return admin.post(
        "/grants/put",
        Map.of(
            "caller", pipeline.principal().identityArn(),
            "callerId", pipeline.principal().userId(),
            "roleArn", Administrator.ROLE));
  }

  private static int vend() throws Exception {
    try (SignedClient client = stack.caller(stack.people().pipeline())) {
      return client
          .post("/credentials", "{\"roleArn\":\"%s\"}".formatted(Administrator.ROLE))
          .statusCode();
    }
  }

  private static void onboard() throws Exception {
    makeRole(requiring(admin.putClient().text("client/externalId")));
    Answer probe = probe();
    assertThat(probe.at("passed")).as("%s", probe.body()).isEqualTo(true);
    Answer active = admin.post("/clients/activate", Map.of("probeId", probe.text("probeId")));
    assertThat(active.at("client/roles/0/verified")).as("%s", active.body()).isEqualTo(true);
    assertThat(active.at("client/roles/0/sessionTags")).isEqualTo(true);
    Answer grant = grant();
    assertThat(grant.status()).as("%s", grant.body()).isEqualTo(200);
  }

  @Test
  void putVerifyAndGrantLeadToAFirstVend() throws Exception {
    onboard();

    assertThat(vend()).isEqualTo(200);
  }

  @Test
  void aRoleThatLetsStrangersInIsNeitherVerifiedNorGranted() throws Exception {
    admin.putClient();
    makeRole("");

    Answer probe = probe();
    assertThat(probe.at("passed")).isEqualTo(false);
    Answer active = admin.post("/clients/activate", Map.of("probeId", probe.text("probeId")));
    assertThat(active.text("code")).isEqualTo("probe_not_passed");
    assertThat(grant().text("code")).isEqualTo("role_not_verified");
    assertThat(vend()).isEqualTo(403);
  }

  @Test
  void aRoleThatComesToLetStrangersInIsRefusedFromTheNextCall() throws Exception {
    onboard();
    assertThat(vend()).isEqualTo(200);
    makeRole("");

    Answer probe = probe();
    admin.post("/clients/activate", Map.of("probeId", probe.text("probeId")));

    assertThat(vend()).isEqualTo(403);
  }

  @Test
  void theSwitchStopsAndStartsAllVending() throws Exception {
    onboard();
    assertThat(vend()).isEqualTo(200);

    admin.post("/clients/suspend", Map.of("all", true, "stopped", true));
    assertThat(vend()).isEqualTo(403);

    admin.post("/clients/suspend", Map.of("all", true, "stopped", false));
    assertThat(vend()).isEqualTo(200);
  }
}

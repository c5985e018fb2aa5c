package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.InMemoryAllowList;
import vended.audit.InMemoryAuditLog;
import vended.audit.ProbeRecord;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.AssumableRoles;
import vended.identity.Caller;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;

/** The vendor's own account, whose roles the stack's vendor role may not assume by default. */
class OwnAccountTest {
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::111122223333:role/vended/deploy");
  private static final Client OURSELVES =
      new Client(
          "111122223333", "Ourselves", null, false, true, Map.of(ROLE, ClientRole.UNVERIFIED), 1);

  private final InMemoryAuditLog audit = new InMemoryAuditLog();

  private ProbeResult probe(String ownAccount) {
    Clock clock = Clock.systemUTC();
    RoleAssumer open =
        call ->
            new RoleAssumer.Issued(
                new IssuedCredentials(
                    "ASIAEXAMPLEISSUED001",
                    "secret",
                    "token",
                    clock.instant().plusSeconds(call.durationSeconds()),
                    call.role().sessionArn(call.sessionName()),
                    "AROAEXAMPLEDEPLOY001:" + call.sessionName(),
                    null,
                    null));
    ProbeRole probeRole =
        new ProbeRole(
            new InMemoryAllowList().with(OURSELVES),
            audit,
            open,
            AssumableRoles.ALL,
            duration -> {},
            clock,
            new SecureRandom());
    Caller caller =
        new Caller(
            new CallerArn("arn:aws:iam::111122223333:user/admin"), "AIDAEXAMPLEADMIN0001", null);
    Trace trace =
        new Trace(
            new VendId("01ARYZ6S41TSV4RRFFQ69G5FAV"),
            new Requester(null, null, null, null, null, null, null, null));
    return probeRole.probe(trace, Prober.of(caller), ROLE, ownAccount, Duration.ofSeconds(15));
  }

  @Test
  void aRoleOfTheVendorsOwnAccountNeedsNoExternalId() {
    ProbeResult.Probed probed = (ProbeResult.Probed) probe("111122223333");

    assertThat(probed.result().passed()).isTrue();
    assertThat(probed.result().withoutExternalId()).isEqualTo(ProbeRecord.Answer.WORKS);
    assertThat(probed.findings().getFirst()).contains("the vendor's own account");
    ProbeRecord stands = (ProbeRecord) audit.records().getLast();
    assertThat(stands.target().externalIdSha256()).isNull();
  }

  @Test
  void anotherAccountThatIsMarkedSoIsNotProbed() {
    assertThat(probe("222233334444")).isInstanceOf(ProbeResult.Refused.class);
  }
}

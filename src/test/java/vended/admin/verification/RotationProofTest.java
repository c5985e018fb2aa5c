package vended.admin.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.audit.AuditException;
import vended.audit.InMemoryAuditLog;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecord.Other;
import vended.audit.ProbeRecord.Result;
import vended.audit.ProbeRecord.Target;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.identity.RoleArn;
import vended.text.Sha256;

/** What the newest probes prove of a client's roles, with the audit in memory. */
class RotationProofTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final RoleArn ROLE = role("deploy");
  private static final RoleArn SECOND = role("read");
  private static final String CURRENT = "the-current-one-of-16";
  private static final String OTHER = "the-other-one-of-16";

  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final RotationProof proof = new RotationProof(audit, Clock.fixed(NOW, ZoneOffset.UTC));

  private static RoleArn role(String name) {
    return new RoleArn("arn:aws:iam::444455556666:role/vended/" + name);
  }

  private static VendId id(Duration age) {
    return VendId.source(Clock.fixed(NOW.minus(age), ZoneOffset.UTC), new Random(1)).get();
  }

  private static ClientRole verified(Duration age) {
    return ClientRole.verified(NOW.minus(age), id(age).value(), false, false);
  }

  private static Client client(Map<RoleArn, ClientRole> roles) {
    return new Client("444455556666", "Client", CURRENT, false, false, roles, 1);
  }

  private static Client vended() {
    return client(Map.of(ROLE, verified(Duration.ofDays(2))));
  }

  private static Trace trace(VendId id) {
    return new Trace(id, new Requester("admin", null, null, null, null, null, null, null));
  }

  private void probed(
      RoleArn role, Duration age, Answer current, Answer without, @Nullable Other other)
      throws AuditException {
    var result = new Result(current, without, without, false, false, false, false);
    var target = new Target(role, "Client", Sha256.sha256(CURRENT));
    audit.append(new ProbeRecord(trace(id(age)), NOW.minus(age), target, result, other));
  }

  private void probed(Duration age, Answer current, Answer without, Answer other)
      throws AuditException {
    probed(ROLE, age, current, without, other(OTHER, other));
  }

  private static Other other(String externalId, Answer answer) {
    return new Other(Sha256.sha256(externalId), answer, true, true);
  }

  private boolean accepts(Client client) throws AuditException {
    return proof.rolesAccepting(client, OTHER).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "WORKS, REFUSED, WORKS, true",
    "REFUSED, REFUSED, WORKS, true",
    "WORKS, REFUSED, REFUSED, false",
    "WORKS, REFUSED, UNCLEAR, false",
    "WORKS, WORKS, WORKS, false",
    "WORKS, UNCLEAR, WORKS, false"
  })
  void aSwitchDemandsThatTheOtherOneWorksAndThatStrangersAreRefused(
      Answer current, Answer without, Answer other, boolean accepted) throws Exception {
    probed(Duration.ofHours(1), current, without, other);

    assertThat(accepts(vended())).isEqualTo(accepted);
  }

  @Test
  void theRoleIsThenKnownByWhatTheProbeFoundWithTheOtherOne() throws Exception {
    probed(Duration.ofHours(1), Answer.WORKS, Answer.REFUSED, Answer.WORKS);

    VendId probe = id(Duration.ofHours(1));
    assertThat(proof.rolesAccepting(vended(), OTHER))
        .hasValue(
            Map.of(
                ROLE,
                ClientRole.verified(NOW.minus(Duration.ofHours(1)), probe.value(), true, true)));
  }

  @Test
  void eachRoleThatIsVendedMustAccept_AndTheOthersBecomeNoMoreThanTheyWere() throws Exception {
    Awaited awaited = new Awaited(NOW, new Activation("admin", "request"), "ready-by");
    Map<RoleArn, ClientRole> roles = new LinkedHashMap<>();
    roles.put(ROLE, verified(Duration.ofDays(2)));
    roles.put(SECOND, ClientRole.awaited(awaited));
    probed(Duration.ofHours(1), Answer.WORKS, Answer.REFUSED, Answer.WORKS);

    assertThat(proof.rolesAccepting(client(roles), OTHER).orElseThrow().get(SECOND))
        .isEqualTo(ClientRole.awaited(new Awaited(NOW, awaited.activation(), null)));

    roles.put(SECOND, verified(Duration.ofDays(2)));
    assertThat(accepts(client(roles))).isFalse();
  }

  @Test
  void aProbeCountsForADay() throws Exception {
    probed(Duration.ofHours(24), Answer.WORKS, Answer.REFUSED, Answer.WORKS);
    assertThat(accepts(vended())).isFalse();

    probed(Duration.ofHours(24).minusMillis(1), Answer.WORKS, Answer.REFUSED, Answer.WORKS);
    assertThat(accepts(vended())).isTrue();
  }

  @Test
  void aProbeThatOnlyStartedSinceMayFindTheRoleOpen() throws Exception {
    probed(Duration.ofHours(2), Answer.WORKS, Answer.REFUSED, Answer.WORKS);
    VendId started = id(Duration.ofHours(1));
    audit.append(
        new ProbeIntent(
            trace(started), NOW.minus(Duration.ofHours(1)), ROLE, VendRecord.Subject.NONE));

    assertThat(accepts(vended())).isFalse();
  }

  @Test
  void aProbeThatIsOlderThanWhatTheRowKnowsSaysNothing() throws Exception {
    probed(Duration.ofHours(2), Answer.WORKS, Answer.REFUSED, Answer.WORKS);

    assertThat(accepts(client(Map.of(ROLE, verified(Duration.ofHours(1)))))).isFalse();
    assertThat(accepts(client(Map.of(ROLE, verified(Duration.ofHours(3)))))).isTrue();
  }

  @Test
  void aProbeOfOtherExternalIdsProvesNothing() throws Exception {
    probed(
        ROLE,
        Duration.ofHours(1),
        Answer.WORKS,
        Answer.REFUSED,
        other("another-one-of-16", Answer.WORKS));
    assertThat(accepts(vended())).isFalse();

    Client renamed = new Client("444455556666", "Client", OTHER, false, false, vended().roles(), 1);
    assertThat(proof.rolesAccepting(renamed, "another-one-of-16")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "WORKS, REFUSED, true",
    "WORKS, WORKS, false",
    "WORKS, UNCLEAR, false",
    "REFUSED, REFUSED, false"
  })
  void aFinishDemandsThatTheOtherOneIsRefused_AndThatTheVendorGetsIn(
      Answer current, Answer other, boolean refuse) throws Exception {
    probed(Duration.ofHours(1), current, Answer.REFUSED, other);

    assertThat(proof.allRefuse(vended(), OTHER)).isEqualTo(refuse);
  }

  @Test
  void aRoleThatIsNotVendedMustRefuseTheOtherOneToo_ButNeedNotAdmitTheVendor() throws Exception {
    Client client = client(Map.of(ROLE, ClientRole.UNVERIFIED));
    assertThat(proof.allRefuse(client, OTHER)).isFalse();

    probed(Duration.ofHours(1), Answer.REFUSED, Answer.REFUSED, Answer.REFUSED);
    assertThat(proof.allRefuse(client, OTHER)).isTrue();
  }

  @Test
  void aClientWithoutRolesHasNothingToProve() throws Exception {
    Client client = client(Map.of());

    assertThat(accepts(client)).isTrue();
    assertThat(proof.allRefuse(client, OTHER)).isTrue();
  }
}

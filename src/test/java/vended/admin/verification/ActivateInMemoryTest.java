package vended.admin.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.ADMIN;
import static vended.admin.change.Desk.CALLER;
import static vended.admin.change.Desk.EXTERNAL_ID;
import static vended.admin.change.Desk.OWN;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.grant;
import static vended.admin.change.Desk.verified;
import static vended.admin.verification.Probing.OPEN;
import static vended.admin.verification.Probing.PASSED;
import static vended.admin.verification.Probing.REFUSED;
import static vended.admin.verification.Probing.UNCLEAR;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.change.AdminResult;
import vended.admin.change.Desk;
import vended.admin.change.GrantsOfRoles.Affected;
import vended.admin.change.Refusal;
import vended.admin.verification.ActivateRole.Activated;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.write.Change;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecord.Other;
import vended.audit.ProbeRecord.Result;
import vended.audit.VendId;
import vended.identity.RoleArn;
import vended.text.Sha256;

/** An administrator marks a role by what its newest probe found. */
class ActivateInMemoryTest {
  private static final Affected NONE = Affected.NONE;

  private final Probing probing = new Probing();
  private final Desk desk = probing.desk;

  private void role(ClientRole state) {
    desk.list().with(client(Map.of(ROLE, state), 1));
  }

  private ClientRole role() {
    return Objects.requireNonNull(desk.roles().get(ROLE));
  }

  private AdminResult<Activated> activate(VendId probe) {
    return probing.activate().activate(desk.trace(), probe);
  }

  private void refused(Refusal refusal, VendId probe) {
    assertThat(activate(probe)).isEqualTo(new AdminResult.Refused<>(refusal));
    assertThat(desk.audit()).endsWith("denied clients/activate " + refusal.code());
  }

  private static ClientRole by(VendId probe, Instant at) {
    return ClientRole.verified(at, probe.value(), true, false);
  }

  @Test
  void aRoleIsVerifiedByAProbeThatPassed_AndItsGrantsBecomeEffective() {
    role(ClientRole.UNVERIFIED);
    desk.list().with(grant(CALLER, ROLE, 1));
    VendId probe = probing.probed(PASSED);
    Instant at = desk.clock().instant();
    probing.pass(Duration.ofMinutes(1));

    AdminResult<Activated> result = activate(probe);

    assertThat(role()).isEqualTo(by(probe, at));
    assertThat(desk.client().value().version()).isEqualTo(2);
    assertThat(desk.client().updatedBy()).isEqualTo(ADMIN);
    assertThat(desk.client().updatedAt()).isEqualTo(desk.clock().instant().toString());
    assertThat(result)
        .isEqualTo(
            new AdminResult.Done<>(
                new Activated(desk.client(), new Affected(List.of(grant(CALLER, ROLE, 1)), false)),
                true));
    assertThat(desk.audit()).containsExactly("admin clients/activate", "made clients/activate");
    assertThat(desk.records().getLast().subject().before()).contains("not verified");
    assertThat(desk.records().getLast().subject().after()).contains("verified by " + probe);
    assertThat(desk.records().getLast().subject().roleArn()).isEqualTo(ROLE.value());
    assertThat(desk.told()).isEmpty();
  }

  @Test
  void aRoleThatWasVerifiedBefore_HasNoGrantsThatBecomeEffective() {
    role(verified());
    desk.list().with(grant(CALLER, ROLE, 1));

    assertThat(activate(probing.probed(PASSED)))
        .isEqualTo(new AdminResult.Done<>(new Activated(desk.client(), NONE), true));
  }

  @Test
  void otherRolesStayAsTheyAre() {
    desk.list().with(client(Map.of(ROLE, ClientRole.UNVERIFIED, Desk.role("b"), verified()), 1));

    activate(probing.probed(PASSED));

    assertThat(desk.roles()).containsEntry(Desk.role("b"), verified()).hasSize(2);
  }

  @Test
  void whatIsMissingRefuses() {
    refused(Refusal.NO_PROBE, desk.id());
    refused(Refusal.NO_PROBE, probing.started());
    VendId probe = probing.probed(PASSED);
    refused(Refusal.NO_CLIENT, probe);
    desk.list().with(client(Map.of(Desk.role("other"), verified()), 1));
    refused(Refusal.ROLE_NOT_KNOWN, probe);
    desk.list().withDamaged("client " + ACCOUNT);
    refused(Refusal.CORRUPT_ROW, probe);

    assertThat(desk.list().made()).isZero();
    assertThat(desk.records().getFirst().subject().target()).matches("[0-9A-Z]{26}");
    assertThat(desk.records().getLast().subject().roleArn()).isEqualTo(ROLE.value());
  }

  @Test
  void aProbeOfAnotherExternalIdSaysNothing() {
    role(ClientRole.UNVERIFIED);

    refused(
        Refusal.PROBE_OF_ANOTHER_EXTERNAL_ID,
        probing.probed(ROLE, PASSED, EXTERNAL_ID + "0", null));
    refused(Refusal.PROBE_OF_ANOTHER_EXTERNAL_ID, probing.probed(ROLE, PASSED, null, null));
    assertThat(desk.records().getLast().subject().clientName()).isEqualTo("Example Client");
  }

  /** One that found the role open before the switch of a rotation counts after it. */
  @Test
  void aRoleThatAdmitsStrangersDoesSoWhateverTheClientsExternalIdIs() {
    role(verified());
    Other other = new Other(Sha256.sha256(EXTERNAL_ID), Answer.WORKS, true, true);
    refused(
        Refusal.PROBE_OF_ANOTHER_EXTERNAL_ID,
        probing.probed(ROLE, PASSED, "the-one-before-the-switch", other));
    Other third = new Other(Sha256.sha256("a-third-external-id"), Answer.WORKS, true, true);
    refused(
        Refusal.PROBE_OF_ANOTHER_EXTERNAL_ID,
        probing.probed(ROLE, OPEN, "the-one-before-the-switch", third));

    VendId probe = probing.probed(ROLE, OPEN, "the-one-before-the-switch", other);
    assertThat(activate(probe)).isEqualTo(new AdminResult.Refused<>(Refusal.PROBE_NOT_PASSED));
    assertThat(role()).isEqualTo(verified().drifted(probe.value()));
  }

  @Test
  void aRoleOfTheVendorsOwnAccountNeedsNoExternalId() {
    RoleArn own = new RoleArn("arn:aws:iam::111122223333:role/vended/deploy");
    desk.list()
        .with(new Client(OWN, "Own", null, false, true, Map.of(own, ClientRole.UNVERIFIED), 1));
    Result works = new Result(Answer.WORKS, Answer.WORKS, Answer.WORKS, true, false, true, false);

    assertThat(activate(probing.probed(own, works, null, null)))
        .isInstanceOf(AdminResult.Done.class);
  }

  @ParameterizedTest
  @CsvSource({"PT23H59M59.999S, true", "PT24H, false"})
  void aProbeCountsForADay(Duration age, boolean counts) {
    role(ClientRole.UNVERIFIED);
    VendId probe = probing.probed(PASSED);
    probing.pass(age);

    assertThat(activate(probe) instanceof AdminResult.Done).isEqualTo(counts);
  }

  @Test
  void aProbeThatPassedIsTooOldOnceAnotherHasStarted_OneThatFoundTheRoleOpenIsNot() {
    role(ClientRole.UNVERIFIED);
    VendId passed = probing.probed(PASSED);
    VendId open = probing.probed(OPEN);
    probing.started();

    refused(Refusal.PROBE_TOO_OLD, passed);
    activate(open);
    assertThat(role().drift()).isEqualTo(open.value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"verified", "drifted"})
  void aProbeThatIsOlderThanWhatTheRowKnowsIsTooOld(String state) {
    VendId old = probing.probed(OPEN);
    VendId newer = new VendId("01KJ0000000000000000000009");
    ClientRole known = by(newer, desk.clock().instant());
    role(state.equals("verified") ? known : ClientRole.UNVERIFIED.drifted(newer.value()));

    refused(Refusal.PROBE_TOO_OLD, old);
  }

  @Test
  void theProbeThatVerifiedTheRoleVerifiesItAgain() {
    role(ClientRole.UNVERIFIED);
    VendId probe = probing.probed(PASSED);
    activate(probe);

    assertThat(activate(probe)).isInstanceOf(AdminResult.Done.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRoleThatWasFoundUnsafeIsMarked_AndOperatorsAreToldIfItWasVended(boolean vended) {
    role(vended ? verified() : ClientRole.UNVERIFIED);
    VendId probe = probing.probed(vended ? OPEN : REFUSED);

    assertThat(activate(probe)).isEqualTo(new AdminResult.Refused<>(Refusal.PROBE_NOT_PASSED));

    assertThat(role().verified()).isNull();
    assertThat(role().drift()).isEqualTo(probe.value());
    assertThat(desk.audit()).containsExactly("admin clients/activate", "made clients/activate");
    assertThat(desk.told()).hasSize(vended ? 1 : 0);
    if (vended) {
      assertThat(desk.told().getFirst()).contains("RoleDrifted", probe.value(), ROLE.value());
    }
    refused(Refusal.PROBE_NOT_PASSED, probe);
    assertThat(desk.list().made()).as("it is marked already").isEqualTo(1);
  }

  @Test
  void aMarkThatIsNotWrittenIsNoRefusal() {
    role(verified());
    VendId probe = probing.probed(OPEN);
    desk.list().writing((change, list) -> new Change.Conflict(7));
    assertThat(activate(probe)).isEqualTo(new AdminResult.Conflict<>(7));
    assertThat(desk.told()).isEmpty();

    desk.failingRecords(2);
    assertThat(activate(probe)).isEqualTo(new AdminResult.Unsure<>());
    assertThat(desk.told()).as("a false alarm is better than a missed one").hasSize(1);
  }

  @Test
  void aProbeThatIsUnclearMarksNothing() {
    role(verified());

    refused(Refusal.PROBE_NOT_PASSED, probing.probed(UNCLEAR));
    assertThat(desk.list().made()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"find", "isNewest", "client"})
  void whatCannotBeReadIsUnavailable(String read) {
    role(ClientRole.UNVERIFIED);
    VendId probe = probing.probed(PASSED);
    probing.failing(read);
    desk.list().failing(read);

    assertThat(activate(probe)).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.list().made()).isZero();
  }

  // ---- a verification that is taken back ----

  @Test
  void aVerificationIsTakenBackIfANewerProbeStartedMeanwhile() {
    role(ClientRole.UNVERIFIED);
    VendId probe = probing.probed(PASSED);
    probing.meanwhile(probing::started);

    assertThat(activate(probe)).isEqualTo(new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD));

    assertThat(role()).isEqualTo(ClientRole.UNVERIFIED);
    assertThat(desk.client().value().version()).isEqualTo(3);
    assertThat(desk.audit())
        .containsExactly(
            "admin clients/activate",
            "made clients/activate",
            "admin clients/activate",
            "made clients/activate");
    assertThat(desk.records().getFirst().vendId())
        .as("the audit has room for one change per ID")
        .isNotEqualTo(desk.records().getLast().vendId());
    assertThat(desk.told()).isEmpty();
  }

  @Test
  void aVerificationIsTakenBackIfNobodyKnows_AndOperatorsAreToldIfTheRoleWasVended() {
    role(verified());
    VendId probe = probing.probed(PASSED);
    probing.failing("again");

    assertThat(activate(probe)).isEqualTo(new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD));
    assertThat(role()).isEqualTo(ClientRole.UNVERIFIED);
    assertThat(desk.told()).singleElement().asString().contains("RoleDrifted", probe.value());
  }

  @Test
  void aNewRoleStaysAwaited_WithoutARequestToActivateIt() {
    Instant since = desk.clock().instant();
    Activation asked = new Activation(ADMIN, "01KJ0000000000000000000000");
    role(ClientRole.awaited(new Awaited(since, asked, "a probe")));
    VendId probe = probing.probed(PASSED);
    probing.meanwhile(probing::started);

    activate(probe);

    assertThat(role()).isEqualTo(ClientRole.awaited(new Awaited(since, null, null)));
  }

  @Test
  void whatSomebodyElseHasMadeOfTheRoleSinceIsNotTakenBack() {
    role(ClientRole.UNVERIFIED);
    VendId probe = probing.probed(PASSED);
    for (ClientRole other :
        List.of(
            by(new VendId("01KJ0000000000000000000009"), desk.clock().instant()),
            ClientRole.UNVERIFIED.drifted(probe.value()))) {
      role(ClientRole.UNVERIFIED);
      probing.meanwhile(
          () -> {
            probing.started();
            role(other);
          });
      activate(probe);
      assertThat(role()).isEqualTo(other);
      probe = probing.probed(PASSED);
    }
    probing.meanwhile(
        () -> {
          probing.started();
          desk.list().withDamaged("client " + ACCOUNT);
        });
    role(ClientRole.UNVERIFIED);
    assertThat(activate(probe)).isEqualTo(new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD));
  }

  @Test
  void aVerificationThatMayStandIsUnsure_AndOperatorsAreTold() {
    role(ClientRole.UNVERIFIED);
    VendId probe = probing.probed(PASSED);
    probing.meanwhile(
        () -> {
          probing.started();
          desk.failingRecords(1);
        });

    assertThat(activate(probe)).isEqualTo(new AdminResult.Unsure<>());
    assertThat(role().verified()).isNotNull();
    assertThat(desk.told()).hasSize(1);
  }

  @Test
  void aVerificationWhoseRecordIsLostIsLookedAtAgain() {
    role(ClientRole.UNVERIFIED);
    VendId probe = probing.probed(PASSED);
    desk.failingRecords(2);
    probing.meanwhile(probing::started);

    assertThat(activate(probe)).isEqualTo(new AdminResult.Refused<>(Refusal.PROBE_TOO_OLD));
    assertThat(role()).isEqualTo(ClientRole.UNVERIFIED);
  }

  @Test
  void aVerificationThatWasNotWrittenIsNotLookedAtAgain() {
    role(ClientRole.UNVERIFIED);
    VendId probe = probing.probed(PASSED);
    desk.list().writing((change, list) -> new Change.Conflict(7));
    probing.meanwhile(
        () -> {
          throw new AssertionError("nobody looks");
        });

    assertThat(activate(probe)).isEqualTo(new AdminResult.Conflict<>(7));
  }
}

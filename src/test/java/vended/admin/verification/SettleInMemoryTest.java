package vended.admin.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.ADMIN;
import static vended.admin.change.Desk.CALLER;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.change.AdminResult;
import vended.admin.change.Desk;
import vended.admin.change.Refusal;
import vended.admin.verification.Refusals.Progress;
import vended.admin.verification.Refusals.Step;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Hold;
import vended.allowlist.Stored;
import vended.allowlist.write.Change;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecord.Result;
import vended.audit.VendId;
import vended.identity.RoleArn;

/** What the schedule does with a probe that nobody looks at. */
class SettleInMemoryTest {
  private static final Activation ASKED = new Activation(ADMIN, "01KJ0000000000000000000000");

  private final Probing probing = new Probing();
  private final Desk desk = probing.desk;

  private void role(ClientRole state) {
    desk.list().with(client(Map.of(ROLE, state), 1));
  }

  private ClientRole role() {
    return Objects.requireNonNull(desk.roles().get(ROLE));
  }

  private AdminResult<Settlement> settle(VendId probe) {
    return probing.settle().settle(desk.trace(), probe);
  }

  private void settled(Settlement settlement, VendId probe) {
    assertThat(((AdminResult.Done<Settlement>) settle(probe)).value()).isEqualTo(settlement);
  }

  private static ClientRole awaited(@Nullable Activation activation, @Nullable String readyBy) {
    return ClientRole.awaited(new Awaited(Desk.START, activation, readyBy));
  }

  // ---- verified roles ----

  @Test
  void aRoleThatIsAsItWasIsNeitherWrittenNorRecorded() {
    role(verified());

    settled(Settlement.UNCHANGED, probing.probed(PASSED));
    assertThat(desk.records()).isEmpty();
    assertThat(desk.list().made()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, true", "false, true"})
  void aRoleThatAllowsSomethingElseIsRenewed(boolean sourceIdentity, boolean sessionTags) {
    role(verified());
    Result other =
        new Result(
            Answer.WORKS,
            Answer.REFUSED,
            Answer.REFUSED,
            sourceIdentity,
            sessionTags,
            false,
            false);
    VendId probe = probing.probed(other);

    settled(Settlement.RENEWED, probe);
    assertThat(role())
        .isEqualTo(ClientRole.verified(Desk.START, probe.value(), sourceIdentity, sessionTags));
    assertThat(desk.audit()).containsExactly("admin schedule/settle", "made schedule/settle");
  }

  @Test
  void aRenewalThatIsTakenBackIsOutdated() {
    role(verified());
    VendId probe =
        probing.probed(
            new Result(Answer.WORKS, Answer.REFUSED, Answer.REFUSED, false, false, false, false));
    probing.meanwhile(probing::started);

    settled(Settlement.OUTDATED, probe);
    assertThat(role().verified()).isNull();
    assertThat(desk.told()).hasSize(1);
  }

  @Test
  void aRenewalThatFailsIsNoSettlement() {
    role(verified());
    VendId probe =
        probing.probed(
            new Result(Answer.WORKS, Answer.REFUSED, Answer.REFUSED, false, false, false, false));
    desk.list().writing((change, list) -> new Change.Conflict(7));

    assertThat(settle(probe)).isEqualTo(new AdminResult.Conflict<>(7));
  }

  @Test
  void aRoleThatIsOpenIsMarkedAtOnce_OneThatOnlyRefusesIsNot() {
    role(verified());
    settled(Settlement.REFUSED, probing.probed(REFUSED));
    settled(Settlement.UNCLEAR, probing.probed(UNCLEAR));
    assertThat(role()).isEqualTo(verified());
    assertThat(desk.told()).isEmpty();
    VendId open = probing.probed(OPEN);

    settled(Settlement.DRIFTED, open);
    assertThat(role()).isEqualTo(verified().drifted(open.value()));
    assertThat(desk.told()).singleElement().asString().contains("RoleDrifted");
    settled(Settlement.NOT_VERIFIED, open);
    assertThat(desk.list().made()).isEqualTo(1);
  }

  @Test
  void atTheEndOfARunARoleThatOnlyRefusesIsMarked() {
    role(verified());
    VendId probe = probing.probed(REFUSED);

    assertThat(probing.settle().settleRefusal(desk.trace(), probe))
        .isEqualTo(new AdminResult.Done<>(Settlement.DRIFTED, true));
    assertThat(role().drift()).isEqualTo(probe.value());
  }

  @Test
  void anOutdatedProbeDoesNothing() {
    role(verified());
    VendId old = probing.probed(OPEN);
    probing.pass(Duration.ofDays(1));
    settled(Settlement.OUTDATED, old);
    role(ClientRole.UNVERIFIED);
    settled(Settlement.NOT_VERIFIED, old);
    desk.list().with(client(Map.of(), 1));
    settled(Settlement.NOT_VERIFIED, probing.probed(OPEN));

    assertThat(desk.list().made()).isZero();
    assertThat(desk.records()).isEmpty();
  }

  @Test
  void aProbeOfNoClientIsRefused() {
    assertThat(settle(probing.probed(OPEN)))
        .isEqualTo(new AdminResult.Refused<>(Refusal.NO_CLIENT));
    assertThat(desk.audit()).containsExactly("denied schedule/settle no_client");
  }

  // ---- unverified roles ----

  @Test
  void anUnverifiedRoleStaysUnverified_AndIsMarkedIfItIsOpen() {
    role(ClientRole.UNVERIFIED);
    settled(Settlement.NOT_VERIFIED, probing.probed(PASSED));
    settled(Settlement.NOT_VERIFIED, probing.probed(REFUSED));
    assertThat(role()).isEqualTo(ClientRole.UNVERIFIED);
    VendId open = probing.probed(OPEN);

    settled(Settlement.DRIFTED, open);
    settled(Settlement.NOT_VERIFIED, open);

    assertThat(role().drift()).isEqualTo(open.value());
    assertThat(desk.told()).as("it was not vended").isEmpty();
  }

  @Test
  void aNewRoleThatDoesNotPassIsStillAwaited() {
    role(awaited(ASKED, null));

    settled(Settlement.NOT_VERIFIED, probing.probed(REFUSED));
    assertThat(desk.list().made()).isZero();
  }

  @Test
  void aNewRoleIsActivatedIfAnAdministratorAskedForIt() {
    role(awaited(ASKED, null));
    VendId probe = probing.probed(PASSED);

    settled(Settlement.ACTIVATED, probe);

    assertThat(role().probeId()).isEqualTo(probe.value());
    assertThat(role().verified()).isNotNull();
    assertThat(desk.audit()).containsExactly("admin schedule/activate", "made schedule/activate");
    assertThat(desk.records().getFirst().subject().before())
        .contains("activation asked for by " + ADMIN);
    assertThat(desk.told()).singleElement().asString().contains("RoleReady", "true");
  }

  @Test
  void withoutARequestItWaitsForAnAdministrator_WhoIsToldOnce() {
    role(awaited(null, null));
    VendId probe = probing.probed(PASSED);

    settled(Settlement.READY, probe);
    assertThat(role()).isEqualTo(awaited(null, probe.value()));
    assertThat(desk.audit()).containsExactly("admin schedule/ready", "made schedule/ready");
    assertThat(desk.told()).singleElement().asString().contains("RoleReady", "false");
    settled(Settlement.NOT_VERIFIED, probing.probed(PASSED));
    assertThat(desk.told()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "suspended", "granted", "open before", "unreadable grants"})
  void whatSpeaksAgainstItMakesItWait(String what) {
    role(awaited(ASKED, null));
    switch (what) {
      case "time" -> probing.pass(Awaited.TIME);
      case "suspended" -> {
        Client suspended =
            new Client(ACCOUNT, "Example Client", Desk.EXTERNAL_ID, true, false, desk.roles(), 1);
        desk.list().with(suspended);
      }
      case "granted" -> desk.list().with(Desk.until(grant(CALLER, ROLE, 1), null, true));
      case "open before" -> probing.probed(OPEN);
      default -> desk.list().failing("grants");
    }

    settled(Settlement.READY, probing.probed(PASSED));
    assertThat(role().verified()).isNull();
    assertThat(role().awaited()).extracting(Awaited::activation).isEqualTo(ASKED);
  }

  @Test
  void justBeforeTheTimeIsOverItIsActivated() {
    role(awaited(ASKED, "an earlier probe"));
    probing.pass(Awaited.TIME.minusMillis(1));

    settled(Settlement.ACTIVATED, probing.probed(PASSED));
  }

  @Test
  void aSuspensionBetweenTheReadsAndTheWriteWins() {
    role(awaited(ASKED, null));
    VendId probe = probing.probed(PASSED);
    desk.list()
        .writing(
            (change, list) -> {
              list.with(client(Map.of(ROLE, awaited(null, null)), 2).withSuspended(true));
              return list.write(change);
            });

    assertThat(settle(probe)).isEqualTo(new AdminResult.Conflict<>(3));
    assertThat(role().verified()).isNull();
    assertThat(desk.told()).isEmpty();
  }

  @Test
  void anActivationThatIsTakenBackIsOutdated_AndNobodyIsToldThatItIsReady() {
    role(awaited(ASKED, null));
    VendId probe = probing.probed(PASSED);
    probing.meanwhile(probing::started);

    settled(Settlement.OUTDATED, probe);
    assertThat(role()).isEqualTo(awaited(null, null));
    assertThat(desk.told()).isEmpty();
  }

  @Test
  void aReadyRoleWhoseRecordIsLostIsTold_OneThatWasNotWrittenIsNot() {
    role(awaited(null, null));
    desk.failingRecords(2);
    assertThat(settle(probing.probed(PASSED))).isEqualTo(new AdminResult.Unsure<>());
    assertThat(desk.told()).hasSize(1);
    role(awaited(null, null));
    desk.failingRecords(1);
    assertThat(settle(probing.probed(PASSED))).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.told()).hasSize(1);
  }

  @Test
  void whetherItWasOpenMustBeKnown() {
    role(awaited(ASKED, null));
    VendId probe = probing.probed(PASSED);
    probing.failing("foundOpen");

    assertThat(settle(probe)).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.list().made()).isZero();
  }

  // ---- the end of a run ----

  private Refusals refusals() {
    return new Refusals(
        new RolesToProbe(desk.list(), desk.list(), desk.clock()),
        probing,
        probing.settle(),
        desk.clock(),
        desk::id);
  }

  private AdminResult<Progress> marking() throws Exception {
    Step step = new Step(true, new RefusalTally(9, 1), null);
    return refusals().take(desk.trace(), step, desk.clock().instant().plusSeconds(10));
  }

  @Test
  void theRolesThatOnlyRefusedAreMarkedInTheEnd() throws Exception {
    desk.list().with(client(Map.of(ROLE, verified(), Desk.role("b"), verified()), 1));
    VendId refused = probing.probed(REFUSED);
    probing.probed(Desk.role("b"), UNCLEAR, Desk.EXTERNAL_ID, null);

    assertThat(marking()).isEqualTo(new AdminResult.Done<>(new Progress.Done()));
    assertThat(role().drift()).isEqualTo(refused.value());
    assertThat(desk.roles().get(Desk.role("b"))).isEqualTo(verified());
  }

  @Test
  void aMarkThatFailsIsTriedAgain_AClientThatIsGoneIsNot() throws Exception {
    role(verified());
    probing.probed(REFUSED);
    desk.list().writing((change, list) -> new Change.Conflict(7));
    assertThat(marking()).isEqualTo(new AdminResult.Conflict<>(7));
    assertThat(role()).isEqualTo(verified());

    int[] reads = {0};
    desk.list()
        .reading(
            (what, list) -> {
              if (what.equals("client") && reads[0]++ == 0) {
                list.withDamaged("client " + ACCOUNT);
              }
            });
    assertThat(marking()).isEqualTo(new AdminResult.Done<>(new Progress.Done()));
  }

  // ---- which roles are probed ----

  private RolesToProbe roles() {
    return new RolesToProbe(desk.list(), desk.list(), desk.clock());
  }

  private void clients(int count, int rolesEach, ClientRole state) {
    for (int i = 0; i < count; i++) {
      String account = "%012d".formatted(i + 1);
      Map<RoleArn, ClientRole> roles = new LinkedHashMap<>();
      for (int j = 0; j < rolesEach; j++) {
        roles.put(new RoleArn("arn:aws:iam::%s:role/vended/r%02d".formatted(account, j)), state);
      }
      desk.list().with(new Client(account, "C", "an-external-id-of-16", false, false, roles, 1));
    }
  }

  @Test
  void aPageHasAHundredRoles_OfWholeClients() throws Exception {
    clients(3, 40, verified());

    RolesToProbe.Page first = roles().page(null);
    assertThat(first.roles()).hasSize(80);
    assertThat(first.last()).isEqualTo("000000000002");
    RolesToProbe.Page second = roles().page(first.last());
    assertThat(second.roles()).hasSize(40);
    assertThat(second.last()).isNull();
  }

  @Test
  void aPageCanBeFull() throws Exception {
    clients(2, 50, verified());
    assertThat(roles().page(null).roles()).hasSize(100);
    assertThat(roles().page(null).last()).isNull();
  }

  private void hold(String account, boolean suspended) {
    desk.list()
        .with("hold " + account, Stored.made(new Hold(account, suspended, 1), "now", "somebody"));
  }

  @Test
  void onlyVerifiedRolesAreProbedAgain_AndNoneOfAClientThatSuspendedItself() throws Exception {
    desk.list().with(client(Map.of(ROLE, verified(), Desk.role("b"), ClientRole.UNVERIFIED), 1));
    assertThat(roles().page(null).roles()).containsExactly(ROLE);
    hold(ACCOUNT, true);
    assertThat(roles().page(null).roles()).isEmpty();
    hold(ACCOUNT, false);
    assertThat(roles().page(null).roles()).hasSize(1);
  }

  private List<RoleArn> newRoles() throws Exception {
    return roles().newRoles(null).page().roles();
  }

  private List<RoleArn> overdue() throws Exception {
    return roles().newRoles(null).overdue();
  }

  @Test
  void newRolesAreProbedIfTheyAreAwaited_AndNobodyHasSuspendedTheClient() throws Exception {
    desk.list()
        .with(
            client(
                Map.of(
                    ROLE,
                    awaited(null, null),
                    Desk.role("b"),
                    verified(),
                    Desk.role("c"),
                    ClientRole.UNVERIFIED),
                1));
    assertThat(newRoles()).containsExactly(ROLE);
    hold(ACCOUNT, true);
    assertThat(newRoles()).isEmpty();
    hold(ACCOUNT, false);
    desk.list().with(desk.client().value().withSuspended(true));
    assertThat(newRoles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT23H59M, true", "PT25H, false", "PT24H, true", "PT30H, true", "PT335H, false"})
  void newRolesAreProbedOftenAtFirst(Duration age, boolean due) throws Exception {
    role(awaited(null, null));
    probing.pass(age);

    assertThat(newRoles()).hasSize(due ? 1 : 0);
  }

  @Test
  void anOverdueRoleIsToldOfUnlessItIsReadyOrTheClientIsOutOfReach() throws Exception {
    role(awaited(null, null));
    probing.pass(Awaited.TIME);
    assertThat(overdue()).containsExactly(ROLE);
    hold(ACCOUNT, true);
    assertThat(overdue()).isEmpty();
    hold(ACCOUNT, false);
    role(awaited(null, "a probe"));
    assertThat(overdue()).isEmpty();
  }

  /** Those of the next page are told of with that page. */
  @Test
  void overdueRolesAreToldOfOnce() throws Exception {
    clients(3, 40, awaited(null, null));
    Instant since = Desk.START;
    String last = "000000000003";
    for (String account : List.of("000000000002", last)) {
      Client before = Desk.found(desk.list().table().client(account)).value();
      Map<RoleArn, ClientRole> roles = new LinkedHashMap<>(before.roles());
      roles.put(
          new RoleArn("arn:aws:iam::%s:role/vended/late".formatted(account)),
          ClientRole.awaited(new Awaited(since.minus(Awaited.TIME), null, null)));
      desk.list().with(before.withRoles(roles));
    }

    RolesToProbe.NewRoles first = roles().newRoles(null);
    assertThat(first.page().last()).isEqualTo("000000000002");
    assertThat(first.overdue()).extracting(RoleArn::account).containsExactly("000000000002");
    assertThat(roles().newRoles(first.page().last()).overdue())
        .extracting(RoleArn::account)
        .containsExactly(last);
  }
}

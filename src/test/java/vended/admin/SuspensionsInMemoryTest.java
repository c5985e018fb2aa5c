package vended.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.ADMIN;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.found;
import static vended.admin.change.Desk.verified;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.change.AdminResult;
import vended.admin.change.Desk;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.write.Change;

/** A suspension wins against whatever happens meanwhile; a resumption does not. */
class SuspensionsInMemoryTest {
  private final Desk desk = new Desk();
  private final SuspendClient suspendClient =
      new SuspendClient(desk.list(), desk.changes(), desk.clock());

  private AdminResult<Stored<Client>> suspend(boolean suspended, @Nullable Long version) {
    return suspendClient.suspend(desk.trace(), ACCOUNT, suspended, version);
  }

  private boolean suspended() {
    return desk.client().value().suspended();
  }

  /** Just before the next write, something else happens. */
  private void before(Runnable other) {
    desk.list()
        .writing(
            (change, list) -> {
              other.run();
              return list.write(change);
            });
  }

  @Test
  void aClientIsSuspendedAndResumed() {
    desk.list().with(client(Map.of(ROLE, verified()), 3));

    assertThat(suspend(true, null)).isEqualTo(new AdminResult.Done<>(desk.client(), true));
    assertThat(suspended()).isTrue();
    assertThat(desk.client().value().version()).isEqualTo(4);
    assertThat(desk.client().updatedBy()).isEqualTo(ADMIN);
    assertThat(desk.client().updatedAt()).isEqualTo(Desk.START.toString());
    assertThat(desk.list().table().lastSuspension(ACCOUNT)).isEqualTo("4");
    assertThat(suspend(false, null)).isEqualTo(new AdminResult.Done<>(desk.client(), true));
    assertThat(suspended()).isFalse();
    assertThat(desk.list().table().lastSuspension(ACCOUNT)).isEqualTo("4");
    assertThat(desk.audit())
        .containsExactly(
            "admin clients/suspend",
            "made clients/suspend",
            "admin clients/suspend",
            "made clients/suspend");
    assertThat(desk.records().getFirst().subject().before()).contains("\"suspended\":false");
    assertThat(desk.records().getFirst().subject().after()).contains("\"suspended\":true");
  }

  @Test
  void aSuspensionEndsRequestsToActivateRoles_AndAResumptionDoesNotBringThemBack() {
    Activation asked = new Activation("somebody", "01KJ0000000000000000000000");
    ClientRole awaited = ClientRole.awaited(new Awaited(Desk.START, asked, null));
    desk.list().with(client(Map.of(ROLE, awaited), 1));

    suspend(true, null);
    suspend(false, null);

    assertThat(desk.roles())
        .containsExactly(Map.entry(ROLE, ClientRole.awaited(new Awaited(Desk.START, null, null))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aVersionIsDemandedIfItIsNamed(boolean suspended) {
    desk.list().with(client(Map.of(), 3));

    assertThat(suspend(suspended, 2L)).isEqualTo(new AdminResult.Conflict<>(3));
    assertThat(desk.audit()).containsExactly("denied clients/suspend version_conflict");
    assertThat(suspend(suspended, 3L)).isInstanceOf(AdminResult.Done.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatIsNotThereOrCannotBeReadIsNotSuspended(boolean suspended) {
    assertThat(suspend(suspended, null)).isEqualTo(new AdminResult.Refused<>(Refusal.NO_CLIENT));
    desk.list().withDamaged("client " + ACCOUNT);
    assertThat(suspend(suspended, null)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));

    assertThat(desk.audit())
        .containsExactly("denied clients/suspend no_client", "denied clients/suspend corrupt_row");
  }

  @Test
  void aSuspensionWinsAgainstAChange() {
    desk.list().with(client(Map.of(), 1));
    before(() -> desk.list().with(client(Map.of(ROLE, verified()), 2)));

    assertThat(suspend(true, null)).isInstanceOf(AdminResult.Done.class);
    assertThat(suspended()).isTrue();
    assertThat(desk.roles()).containsKey(ROLE);
  }

  @Test
  void aResumptionWinsAgainstAChange_ButNotAgainstASuspension() {
    desk.list().with(client(Map.of(), 1).withSuspended(true));
    before(() -> desk.list().with(client(Map.of(ROLE, verified()), 2).withSuspended(true)));
    assertThat(suspend(false, null)).isInstanceOf(AdminResult.Done.class);
    assertThat(suspended()).isFalse();

    suspend(true, null);
    before(() -> suspend(true, null));
    assertThat(suspend(false, null)).isEqualTo(new AdminResult.Conflict<>(6));
    assertThat(suspended()).isTrue();
    assertThat(desk.audit()).endsWith("denied clients/suspend version_conflict");
  }

  /** Between the reading of the mark and that of the client. */
  @Test
  void aSuspensionThatCameJustBeforeIsNotUndone() {
    desk.list().with(client(Map.of(), 1).withSuspended(true));
    int[] reads = {0};
    desk.list()
        .reading(
            (what, list) -> {
              if (what.equals("client") && reads[0]++ == 0) {
                list.write(
                    new Change.SuspendClient(
                        Desk.expected(2),
                        desk.client()
                            .changed(desk.client().value().withSuspended(true), "now", "else")));
              }
            });

    assertThat(suspend(false, null)).isEqualTo(new AdminResult.Conflict<>(3));
    assertThat(suspended()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"client, true", "client, false", "lastSuspension, false"})
  void whereTheAllowListCannotBeReadNothingIsChanged(String read, boolean suspended) {
    desk.list().with(client(Map.of(), 1)).failing(read);

    assertThat(suspend(suspended, null)).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.list().made()).isZero();
  }

  // ---- all vending ----

  private AdminResult<Vending> stop(boolean stopped) {
    return suspendClient.stop(desk.trace(), stopped);
  }

  private Vending vending() {
    return found(desk.list().table().vendingSwitch()).value();
  }

  @Test
  void allVendingIsStoppedAndResumed() {
    assertThat(stop(true)).isEqualTo(new AdminResult.Done<>(new Vending(true, 1), true));
    assertThat(found(desk.list().table().vendingSwitch()))
        .isEqualTo(Stored.made(new Vending(true, 1), Desk.START.toString(), ADMIN));
    assertThat(stop(false)).isEqualTo(new AdminResult.Done<>(new Vending(false, 2), true));
    assertThat(vending()).isEqualTo(new Vending(false, 2));
    assertThat(desk.records().getLast().subject().before()).contains("\"stopped\":true");
    assertThat(desk.records().getLast().subject().after()).contains("\"stopped\":false");
  }

  @Test
  void aStopWinsAgainstAStart() {
    stop(true);
    before(() -> stop(false));

    assertThat(stop(true)).isEqualTo(new AdminResult.Done<>(new Vending(true, 3), true));
  }

  @Test
  void aStartDoesNotWinAgainstAStop() {
    stop(true);
    before(() -> stop(true));

    assertThat(stop(false)).isEqualTo(new AdminResult.Conflict<>(2));
    assertThat(vending()).isEqualTo(new Vending(true, 2));
  }

  @Test
  void aStartWaitsForARowThatIsBusy() {
    stop(true);
    desk.list().writing((change, list) -> new Change.Busy());

    assertThat(stop(false)).isEqualTo(new AdminResult.Done<>(new Vending(false, 2), true));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSwitchThatCannotBeReadIsLeftAsItIs(boolean stopped) {
    desk.list().withDamaged("switch");
    assertThat(stop(stopped)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
    assertThat(desk.audit()).containsExactly("denied clients/suspend corrupt_row");
    desk.list().failing("vendingSwitch");
    assertThat(stop(stopped)).isEqualTo(new AdminResult.Unavailable<>());
  }
}

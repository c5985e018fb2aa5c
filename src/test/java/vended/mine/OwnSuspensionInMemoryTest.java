package vended.mine;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.ADMIN;
import static vended.admin.change.Desk.OWN;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.found;
import static vended.admin.change.Desk.verified;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.change.AdminResult;
import vended.admin.change.Desk;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Hold;
import vended.allowlist.InMemoryAllowList;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.identity.Caller;
import vended.identity.CallerArn;
import vended.mine.Asker.OfClient;
import vended.mine.Asker.Stranger;
import vended.mine.Asker.Why;

/** Who may speak for a client, and its suspension of itself. */
class OwnSuspensionInMemoryTest {
  private static final Client CLIENT = client(Map.of(ROLE, verified()), 1);

  private final Desk desk = new Desk();
  private final SuspendOneself suspension =
      new SuspendOneself(desk.list(), desk.changes(), desk.clock());

  /** Somebody of the client, who knows the row as it is now. */
  private OfClient asker() {
    return new OfClient(CLIENT, desk.list().table().hold(ACCOUNT).map(Stored::value));
  }

  private AdminResult<Stored<Hold>> suspend(
      OfClient asker, boolean suspended, @Nullable Long version) {
    return suspension.suspend(desk.trace(), asker, suspended, version);
  }

  private Stored<Hold> hold() {
    return found(desk.list().table().hold(ACCOUNT));
  }

  @Test
  void aClientSuspendsItselfAndResumes() {
    assertThat(suspend(asker(), true, null)).isEqualTo(new AdminResult.Done<>(hold(), true));
    assertThat(hold())
        .isEqualTo(Stored.made(new Hold(ACCOUNT, true, 1), Desk.START.toString(), ADMIN));
    desk.clock().advance(Duration.ofSeconds(1));

    assertThat(suspend(asker(), false, null)).isEqualTo(new AdminResult.Done<>(hold(), true));
    assertThat(hold().value()).isEqualTo(new Hold(ACCOUNT, false, 2));
    assertThat(hold().createdAt()).isEqualTo(Desk.START.toString());
    assertThat(hold().updatedAt()).isEqualTo(Desk.START.plusSeconds(1).toString());
    assertThat(desk.audit())
        .containsExactly(
            "admin mine/suspend", "made mine/suspend", "admin mine/suspend", "made mine/suspend");
    assertThat(desk.records().getFirst().subject().before()).contains("\"version\":0");
  }

  @Test
  void aSuspensionWinsAgainstAResumption_WhichDoesNotWinAgainstASuspension() {
    OfClient first = asker();
    suspend(first, true, null);
    OfClient knowsOne = asker();
    assertThat(suspend(first, true, null)).isInstanceOf(AdminResult.Done.class);

    assertThat(suspend(knowsOne, false, null)).isEqualTo(new AdminResult.Conflict<>(2));
    assertThat(suspend(first, false, null)).isEqualTo(new AdminResult.Conflict<>(2));
    assertThat(hold().value().suspended()).isTrue();
    assertThat(desk.audit()).endsWith("denied mine/suspend version_conflict");
  }

  @Test
  void aSuspensionBetweenTheReadAndTheWriteOfAResumptionStands() {
    suspend(asker(), true, null);
    OfClient resumes = asker();
    desk.list()
        .writing(
            (change, list) -> {
              suspend(asker(), true, null);
              return list.write(change);
            });

    assertThat(suspend(resumes, false, null)).isEqualTo(new AdminResult.Conflict<>(2));
    assertThat(hold().value().suspended()).isTrue();
  }

  @Test
  void aVersionIsDemandedIfItIsNamed() {
    suspend(asker(), true, null);

    assertThat(suspend(asker(), true, 2L)).isEqualTo(new AdminResult.Conflict<>(1));
    assertThat(suspend(asker(), false, 0L)).isEqualTo(new AdminResult.Conflict<>(1));
    assertThat(suspend(asker(), false, 1L)).isInstanceOf(AdminResult.Done.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRowThatCannotBeReadStays_SinceItRefusesAllVends(boolean suspended) {
    desk.list().withDamaged("hold " + ACCOUNT);

    assertThat(suspend(asker(), suspended, null))
        .isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
    assertThat(desk.audit()).containsExactly("denied mine/suspend corrupt_row");
    desk.list().failing("hold");
    assertThat(suspend(asker(), suspended, null)).isEqualTo(new AdminResult.Unavailable<>());
  }

  @Test
  void anAttemptByTheVendorIsRecorded() {
    assertThat(suspension.refuse(desk.trace(), ACCOUNT))
        .isEqualTo(new AdminResult.Refused<>(Refusal.CLIENT_ROLE));
    assertThat(desk.audit()).containsExactly("denied mine/suspend client_role");
    assertThat(desk.records().getFirst().subject().target()).isEqualTo(ACCOUNT);
  }

  // ---- who asks ----

  private static Asker of(InMemoryAllowList list, String arn, @Nullable String session)
      throws AllowListException {
    return Asker.of(new Caller(new CallerArn(arn), "AROAEXAMPLE00000001", session), list, OWN);
  }

  private static String arn(String resource) {
    return "arn:aws:iam::444455556666:" + resource;
  }

  @Test
  void aPrincipalOfTheClientAsks_WithItsSuspensionAsItIs() throws Exception {
    InMemoryAllowList list = new InMemoryAllowList().with(CLIENT);
    assertThat(of(list, arn("user/deploy"), null))
        .as("a user is no client role")
        .isEqualTo(new OfClient(CLIENT, new Row.Missing<>()));
    Row<Hold> hold = new Row.Found<>(new Hold(ACCOUNT, true, 1));
    list.with(ACCOUNT, hold);

    assertThat(of(list, arn("role/Security"), "somebody")).isEqualTo(new OfClient(CLIENT, hold));
  }

  @ParameterizedTest
  @CsvSource({"deploy, somebody", "DEPLOY, somebody", "Security, x@01KJ0000000000000000000000"})
  void theVendorMayBeBehindAClientRoleAndAVendedSession(String role, String session)
      throws Exception {
    InMemoryAllowList list = new InMemoryAllowList().with(CLIENT);

    assertThat(of(list, arn("role/" + role), session)).isEqualTo(new Stranger(Why.CLIENT_ROLE));
    assertThat(of(list, arn("role/Security"), "x@01KJ")).isInstanceOf(OfClient.class);
  }

  @Test
  void anybodyElseIsAStranger() throws Exception {
    InMemoryAllowList list = new InMemoryAllowList();
    assertThat(of(list, arn("user/a"), null)).isEqualTo(new Stranger(Why.NOT_A_CLIENT));
    list.withCorruptClient(ACCOUNT, "a fault");
    assertThat(of(list, arn("user/a"), null)).isEqualTo(new Stranger(Why.CORRUPT_CLIENT));
    assertThat(of(list, "arn:aws:iam::111122223333:user/a", null))
        .isEqualTo(new Stranger(Why.VENDORS_OWN_ACCOUNT));
    list.with(new Client(ACCOUNT, "Own", null, false, true, Map.of(), 1));
    assertThat(of(list, arn("user/a"), null)).isEqualTo(new Stranger(Why.VENDORS_OWN_ACCOUNT));
    Caller caller = new Caller(new CallerArn(arn("user/a")), "AIDA0000000000000001", null);
    list.with(CLIENT);
    assertThat(Asker.of(caller, list, "")).isEqualTo(new Stranger(Why.VENDORS_OWN_ACCOUNT));
  }
}

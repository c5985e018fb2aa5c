package vended.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.ADMIN;
import static vended.admin.change.Desk.CALLER;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.found;
import static vended.admin.change.Desk.grant;
import static vended.admin.change.Desk.role;
import static vended.admin.change.Desk.until;
import static vended.admin.change.Desk.verified;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.ApplyGrants.Action;
import vended.admin.ApplyGrants.Step;
import vended.admin.change.AdminResult;
import vended.admin.change.Desk;
import vended.admin.change.Refusal;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.identity.RoleArn;
import vended.json.JsonError;

/** Grants are put, removed and applied by their versions. */
class GrantsInMemoryTest {
  private static final Grant WANTED = grant(CALLER, ROLE, 0);
  private static final Grant OFF = until(WANTED, null, true);
  private static final String KEY = "grant " + CALLER.value() + " " + ROLE.value();

  private final Desk desk = new Desk();
  private final PutGrant putGrant = new PutGrant(desk.list(), desk.changes(), desk.clock());
  private final RemoveGrant removeGrant = new RemoveGrant(desk.list(), desk.changes());
  private final ApplyGrants applyGrants =
      new ApplyGrants(desk.list(), putGrant, removeGrant, desk.clock());

  @BeforeEach
  void aClientWithAVerifiedRole() {
    desk.list().with(client(Map.of(ROLE, verified(), role("new"), ClientRole.UNVERIFIED), 1));
  }

  private AdminResult<Stored<Grant>> put(Grant wanted, @Nullable Long version) {
    return putGrant.put(desk.trace(), wanted, version);
  }

  private AdminResult<Grant> remove(@Nullable Long version) {
    return removeGrant.remove(desk.trace(), CALLER, ROLE, version);
  }

  private AdminResult<Step> apply(Grant wanted, @Nullable Long version) {
    return applyGrants.put(desk.trace(), wanted, version);
  }

  private AdminResult<Step> applyRemoval(@Nullable Long version) {
    return applyGrants.remove(desk.trace(), CALLER, ROLE, version);
  }

  private Stored<Grant> stored() {
    return found(desk.list().table().grantOf(CALLER, ROLE));
  }

  private boolean isThere() {
    return desk.list().table().grantOf(CALLER, ROLE) instanceof Row.Found;
  }

  // ---- put ----

  @Test
  void aNewGrantIsStored_AndTheAuditHasIt() {
    assertThat(put(WANTED, null)).isEqualTo(new AdminResult.Done<>(stored(), true));

    assertThat(stored())
        .isEqualTo(Stored.made(WANTED.withVersion(1), Desk.START.toString(), ADMIN));
    assertThat(desk.audit()).containsExactly("admin grants/put", "made grants/put");
    var subject = desk.records().getLast().subject();
    assertThat(subject.target()).isEqualTo(CALLER.value());
    assertThat(subject.roleArn()).isEqualTo(ROLE.value());
    assertThat(subject.before()).isNull();
    assertThat(subject.after()).contains("\"version\":1");
  }

  @Test
  void aGrantIsReplacedByItsVersionOnly() {
    put(WANTED, null);
    desk.clock().advance(Duration.ofSeconds(1));

    assertThat(put(OFF, null)).isEqualTo(new AdminResult.Conflict<>(1));
    assertThat(put(OFF, 2L)).isEqualTo(new AdminResult.Conflict<>(1));
    assertThat(put(OFF, 1L)).isEqualTo(new AdminResult.Done<>(stored(), true));

    assertThat(stored().value()).isEqualTo(OFF.withVersion(2));
    assertThat(stored().createdAt()).isEqualTo(Desk.START.toString());
    assertThat(stored().updatedAt()).isEqualTo(Desk.START.plusSeconds(1).toString());
    assertThat(desk.records().getLast().subject().before()).contains("\"version\":1");
    assertThat(desk.audit()).contains("denied grants/put version_conflict");
  }

  @Test
  void aGrantThatIsNotThereIsNotReplaced_NorOneThatCannotBeRead() {
    assertThat(put(WANTED, 1L)).isEqualTo(new AdminResult.Refused<>(Refusal.NO_GRANT));
    desk.list().withDamaged(KEY);
    assertThat(put(WANTED, null)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
    assertThat(put(WANTED, 1L)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));

    assertThat(desk.audit())
        .containsExactly(
            "denied grants/put no_grant",
            "denied grants/put corrupt_row",
            "denied grants/put corrupt_row");
    assertThat(desk.list().made()).isZero();
  }

  @Test
  void aNewGrantHasAVersionThatNoneBeforeItHad() {
    put(WANTED, null);
    put(OFF, 1L);
    remove(null);

    put(WANTED, null);

    assertThat(stored().value().version()).isEqualTo(3);
  }

  @Test
  void onlyARoleThatAProbeFoundSafeIsGranted_UnlessTheGrantIsOff() {
    assertThat(put(grant(CALLER, role("x"), 0), null))
        .isEqualTo(new AdminResult.Refused<>(Refusal.ROLE_NOT_KNOWN));
    assertThat(put(grant(CALLER, role("new"), 0), null))
        .isEqualTo(new AdminResult.Refused<>(Refusal.ROLE_NOT_VERIFIED));
    RoleArn stranger = new RoleArn("arn:aws:iam::555566667777:role/vended/deploy");
    assertThat(put(grant(CALLER, stranger, 0), null))
        .isEqualTo(new AdminResult.Refused<>(Refusal.NO_CLIENT));
    assertThat(desk.list().made()).isZero();

    assertThat(put(until(grant(CALLER, role("new"), 0), null, true), null))
        .isInstanceOf(AdminResult.Done.class);
    desk.list().withDamaged("client " + ACCOUNT);
    assertThat(put(WANTED, null)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
  }

  private static Grant window(@Nullable Instant notBefore, Instant expiresAt, boolean disabled) {
    return new Grant(
        CALLER, ROLE, null, 3600, null, List.of(), Map.of(), notBefore, expiresAt, disabled, null,
        0);
  }

  @Test
  void aWindowThatIsOverOrNeverOpensIsInvalid() {
    Instant now = Desk.START;
    JsonError over = new JsonError("/expiresAt", "must be in the future");
    JsonError never = new JsonError("/notBefore", "must be before expiresAt");

    assertThat(put(window(null, now, false), null))
        .isEqualTo(new AdminResult.Invalid<>(List.of(over)));
    assertThat(put(window(now, now, false), null))
        .isEqualTo(new AdminResult.Invalid<>(List.of(over, never)));
    Instant later = now.plusSeconds(1);
    assertThat(put(window(later, later, false), null))
        .isEqualTo(new AdminResult.Invalid<>(List.of(never)));
    assertThat(put(window(later.plusSeconds(1), later, true), null))
        .isEqualTo(new AdminResult.Invalid<>(List.of(never)));
    assertThat(desk.records()).isEmpty();
    assertThat(put(window(now, later, false), null)).isInstanceOf(AdminResult.Done.class);
    assertThat(put(window(null, now, true), 1L)).isInstanceOf(AdminResult.Done.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "slot"})
  void whereTheAllowListCannotBeReadNothingIsGranted(String read) {
    desk.list().failing(read);

    assertThat(put(WANTED, null)).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.records()).isEmpty();
  }

  // ---- remove ----

  @Test
  void aRemovedGrantIsGone() {
    put(WANTED, null);

    assertThat(remove(2L)).isEqualTo(new AdminResult.Conflict<>(1));
    assertThat(isThere()).isTrue();
    assertThat(remove(1L)).isEqualTo(new AdminResult.Done<>(WANTED.withVersion(1), true));
    assertThat(isThere()).isFalse();
    assertThat(remove(null)).isEqualTo(new AdminResult.Refused<>(Refusal.NO_GRANT));
    assertThat(desk.audit())
        .containsExactly(
            "admin grants/put",
            "made grants/put",
            "denied grants/remove version_conflict",
            "admin grants/remove",
            "made grants/remove",
            "denied grants/remove no_grant");
    assertThat(desk.records().get(4).subject().before()).contains("\"version\":1");
    assertThat(desk.records().get(4).subject().after()).isNull();
  }

  @Test
  void aRemovalWinsAgainstAChange() {
    put(WANTED, null);
    desk.list()
        .writing(
            (change, list) -> {
              put(OFF, 1L);
              return list.write(change);
            });

    assertThat(remove(null)).isEqualTo(new AdminResult.Done<>(OFF.withVersion(2), true));
    assertThat(isThere()).isFalse();
  }

  @Test
  void aGrantThatCannotBeReadIsNotRemoved() {
    desk.list().withDamaged(KEY);

    assertThat(remove(null)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
  }

  // ---- apply ----

  @Test
  void aPlanSaysWhatWouldHappen_AndChangesNothing() {
    assertThat(applyGrants.plan(WANTED))
        .isEqualTo(new AdminResult.Done<>(new Step(Action.CREATE, null, WANTED)));
    desk.list().with(WANTED.withVersion(4));
    Grant before = WANTED.withVersion(4);

    assertThat(applyGrants.plan(WANTED))
        .isEqualTo(new AdminResult.Done<>(new Step(Action.KEEP, before, before)));
    assertThat(applyGrants.plan(OFF))
        .isEqualTo(new AdminResult.Done<>(new Step(Action.CHANGE, before, OFF)));
    assertThat(desk.records()).isEmpty();
    assertThat(desk.list().made()).isZero();
  }

  @Test
  void aPlanThatWouldBeRefusedSaysWhy() {
    assertThat(applyGrants.plan(grant(CALLER, role("new"), 0)))
        .isEqualTo(new AdminResult.Refused<>(Refusal.ROLE_NOT_VERIFIED));
    assertThat(applyGrants.plan(window(null, Desk.START, false)))
        .isEqualTo(
            new AdminResult.Invalid<>(
                List.of(new JsonError("/expiresAt", "must be in the future"))));
    desk.list().withDamaged(KEY);
    assertThat(applyGrants.plan(WANTED)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
    assertThat(desk.records()).isEmpty();
  }

  /** A file that was applied once stays applicable, whatever has become of the role. */
  @Test
  void aGrantThatIsAsWantedIsKept_AlsoIfItWouldBeRefusedNow() {
    desk.list().with(client(Map.of(), 2)).with(WANTED.withVersion(1));

    assertThat(applyGrants.plan(WANTED)).isInstanceOf(AdminResult.Done.class);
    assertThat(apply(WANTED, null)).isInstanceOf(AdminResult.Done.class);
  }

  @Test
  void whatIsAsWantedIsNeitherWrittenNorRecorded() {
    desk.list().with(WANTED.withVersion(4));
    Grant before = WANTED.withVersion(4);

    for (Long version : new Long[] {null, 4L, 9L}) {
      assertThat(apply(WANTED, version))
          .isEqualTo(new AdminResult.Done<>(new Step(Action.KEEP, before, before), false));
    }
    assertThat(desk.records()).isEmpty();
    assertThat(desk.list().made()).isZero();
  }

  @Test
  void whatIsNotAsWantedIsPut() {
    assertThat(apply(WANTED, null))
        .isEqualTo(
            new AdminResult.Done<>(new Step(Action.CREATE, null, WANTED.withVersion(1)), true));
    assertThat(apply(OFF, 1L))
        .isEqualTo(
            new AdminResult.Done<>(
                new Step(Action.CHANGE, WANTED.withVersion(1), OFF.withVersion(2)), true));
    assertThat(apply(WANTED, 1L)).isEqualTo(new AdminResult.Conflict<>(2));
    assertThat(apply(WANTED, null)).isEqualTo(new AdminResult.Conflict<>(2));
  }

  @Test
  void aGrantThatCannotBeReadIsRefusedWithItsRecord() {
    desk.list().withDamaged(KEY);

    assertThat(apply(WANTED, null)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
    assertThat(desk.audit()).containsExactly("denied grants/put corrupt_row");
  }

  @Test
  void whatIsGoneAlreadyIsNeitherRemovedNorRecorded() {
    assertThat(applyRemoval(1L))
        .isEqualTo(new AdminResult.Done<>(new Step(Action.KEEP, null, null), false));
    assertThat(desk.records()).isEmpty();
    put(WANTED, null);

    assertThat(applyRemoval(2L)).isEqualTo(new AdminResult.Conflict<>(1));
    assertThat(applyRemoval(1L))
        .isEqualTo(
            new AdminResult.Done<>(new Step(Action.REMOVE, WANTED.withVersion(1), null), true));
    assertThat(isThere()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"grant, plan", "client, plan", "slot, put", "grant, remove", "slot, remove"})
  void whereTheAllowListCannotBeReadNothingIsApplied(String read, String what) {
    if (what.equals("remove")) {
      desk.list().with(WANTED.withVersion(1));
    }
    desk.list().failing(read);
    AdminResult<Step> result =
        switch (what) {
          case "plan" -> applyGrants.plan(WANTED);
          case "put" -> apply(WANTED, null);
          default -> applyRemoval(null);
        };

    assertThat(result).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.list().made()).isZero();
  }
}

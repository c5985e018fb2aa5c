package vended.admin.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.ADMIN;
import static vended.admin.change.Desk.EXTERNAL_ID;
import static vended.admin.change.Desk.OWN;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.found;
import static vended.admin.change.Desk.verified;
import static vended.admin.verification.Probing.PASSED;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.change.AdminResult;
import vended.admin.change.Desk;
import vended.admin.change.Refusal;
import vended.admin.verification.RotateExternalId.Rotating;
import vended.admin.verification.RotateExternalId.Step;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecord.Other;
import vended.text.Sha256;

/** Each step of a rotation, from each state; {@link RotationProofTest} has what proves what. */
class RotateInMemoryTest {
  private static final String OTHER = "fedcba9876543210fedcba9876543210";

  private final Probing probing = new Probing();
  private final Desk desk = probing.desk;
  private final RotateExternalId rotate =
      new RotateExternalId(desk.list(), probing, desk.changes(), new Random(3), desk.clock());

  private AdminResult<Rotating> take(Step step, @Nullable Long version) {
    return rotate.take(desk.trace(), ACCOUNT, step, version);
  }

  private AdminResult<Rotating> take(Step step) {
    return take(step, null);
  }

  private void refused(Refusal refusal, Step step) {
    assertThat(take(step)).isEqualTo(new AdminResult.Refused<>(refusal));
    assertThat(desk.audit()).endsWith("denied clients/rotate " + refusal.code());
    assertThat(desk.list().made()).isZero();
  }

  private void rotating(boolean switched) {
    desk.list()
        .with(client(Map.of(ROLE, verified()), 1))
        .with(
            "rotation " + ACCOUNT,
            Stored.made(new Rotation(ACCOUNT, OTHER, switched), "then", "somebody"));
  }

  private Stored<Rotation> rotation() {
    return found(desk.list().table().rotation(ACCOUNT));
  }

  /** A probe that tried both. */
  private void probed(Answer withOther) {
    Other other = new Other(Sha256.sha256(OTHER), withOther, false, true);
    probing.probed(ROLE, PASSED, EXTERNAL_ID, other);
  }

  @Test
  void aStartMakesTheNextExternalId_AndVendsGoOnWithThePresentOne() {
    desk.list().with(client(Map.of(ROLE, verified()), 1));

    assertThat(take(Step.START))
        .isEqualTo(new AdminResult.Done<>(new Rotating(desk.client(), rotation()), true));

    assertThat(desk.client().value().externalId()).isEqualTo(EXTERNAL_ID);
    assertThat(desk.client().value().version()).isEqualTo(2);
    assertThat(desk.client().updatedBy()).isEqualTo(ADMIN);
    assertThat(desk.roles()).isEqualTo(Map.of(ROLE, verified()));
    String next = rotation().value().externalId();
    assertThat(next).matches("[0-9a-f]{32}").doesNotContain("0000000000");
    assertThat(rotation())
        .isEqualTo(Stored.made(new Rotation(ACCOUNT, next, false), Desk.START.toString(), ADMIN));
    assertThat(desk.list().table().rows()).containsKey("external-id " + next);
    assertThat(desk.audit()).containsExactly("admin clients/rotate", "made clients/rotate");
    assertThat(desk.records().getLast().subject().after())
        .contains("nextExternalIdSha256")
        .doesNotContain(next);
  }

  @Test
  void theVendorsOwnAccountHasNothingToRotate() {
    for (String externalId : new String[] {null, EXTERNAL_ID}) {
      desk.list().with(new Client(OWN, "Own", externalId, true, true, Map.of(), 1));
      assertThat(rotate.take(desk.trace(), OWN, Step.START, null))
          .isEqualTo(new AdminResult.Refused<>(Refusal.NO_ROTATION));
    }
    assertThat(desk.list().made()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Step.class, names = "START", mode = EnumSource.Mode.EXCLUDE)
  void withoutARotationThereIsNoOtherStep(Step step) {
    desk.list().with(client(Map.of(), 1));

    refused(Refusal.NO_ROTATION, step);
  }

  @ParameterizedTest
  @CsvSource({
    "START, true, ROTATION_SWITCHED",
    "CANCEL, true, ROTATION_SWITCHED",
    "FINISH, false, ROTATION_NOT_SWITCHED",
    "SWITCH, false, EXTERNAL_ID_NOT_ACCEPTED",
    "BACK, true, EXTERNAL_ID_NOT_ACCEPTED",
    "FINISH, true, EXTERNAL_ID_NOT_REFUSED"
  })
  void aStepOutOfOrderOrWithoutProofIsRefused(Step step, boolean switched, Refusal refusal) {
    rotating(switched);

    refused(refusal, step);
    assertThat(desk.records().getLast().subject().clientName()).isEqualTo("Example Client");
  }

  @ParameterizedTest
  @CsvSource({"START, false", "SWITCH, true", "BACK, false"})
  void aStepThatIsDoneChangesNothing(Step step, boolean switched) {
    rotating(switched);

    assertThat(take(step))
        .isEqualTo(new AdminResult.Done<>(new Rotating(desk.client(), rotation()), false));
    assertThat(desk.list().made()).isZero();
    assertThat(desk.records()).isEmpty();
  }

  /** Between the reads of the two rows. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStepThatIsTakenMeanwhileIsAConflict(boolean removed) {
    rotating(false);
    desk.list()
        .reading(
            (what, list) -> {
              if (what.equals("rotation")) {
                if (removed) {
                  list.withDamaged("client " + ACCOUNT);
                } else {
                  list.with(client(Map.of(), 2));
                }
              }
            });

    assertThat(take(Step.START)).isEqualTo(new AdminResult.Conflict<>(removed ? 0 : 2));
    assertThat(desk.audit()).containsExactly("denied clients/rotate version_conflict");
  }

  @ParameterizedTest
  @CsvSource({"SWITCH, false", "BACK, true"})
  void aSwitchChangesWhatVendsUse_InOneWrite(Step step, boolean switched) {
    rotating(switched);
    probed(Answer.WORKS);

    assertThat(take(step))
        .isEqualTo(new AdminResult.Done<>(new Rotating(desk.client(), rotation()), true));

    assertThat(desk.client().value().externalId()).isEqualTo(OTHER);
    assertThat(desk.roles().get(ROLE)).extracting(ClientRole::probeId).isNotEqualTo("x");
    assertThat(desk.roles().get(ROLE))
        .isEqualTo(ClientRole.verified(Desk.START, "01KJ0000000000000000000001", false, true));
    assertThat(rotation().value()).isEqualTo(new Rotation(ACCOUNT, EXTERNAL_ID, !switched));
    assertThat(rotation().createdAt()).isEqualTo("then");
    assertThat(rotation().updatedBy()).isEqualTo(ADMIN);
  }

  @Test
  void theProbeThatVerifiedTheRoleCanBeTheOneThatProvesTheOther() {
    rotating(false);
    ClientRole same = ClientRole.verified(Desk.START, "01KJ0000000000000000000001", true, false);
    desk.list().with(client(Map.of(ROLE, same), 1));
    probed(Answer.WORKS);

    assertThat(take(Step.SWITCH)).isInstanceOf(AdminResult.Done.class);
  }

  @Test
  void aRotationEndsOnceThePreviousOneIsRefused_OrBeforeItsSwitch() {
    rotating(true);
    probed(Answer.REFUSED);
    assertThat(take(Step.FINISH))
        .isEqualTo(new AdminResult.Done<>(new Rotating(desk.client(), null), true));
    assertThat(desk.list().table().rotation(ACCOUNT)).isEqualTo(new Row.Missing<>());
    assertThat(desk.client().value().version()).isEqualTo(2);

    rotating(false);
    assertThat(take(Step.CANCEL))
        .isEqualTo(new AdminResult.Done<>(new Rotating(desk.client(), null), true));
    assertThat(desk.client().value().externalId()).isEqualTo(EXTERNAL_ID);
  }

  @Test
  void aVersionIsDemandedIfItIsNamed() {
    desk.list().with(client(Map.of(), 3));

    assertThat(take(Step.START, 2L)).isEqualTo(new AdminResult.Conflict<>(3));
    assertThat(desk.list().made()).isZero();
    assertThat(take(Step.START, 3L)).isInstanceOf(AdminResult.Done.class);
  }

  @Test
  void whatIsMissingOrCannotBeReadRefuses() {
    refused(Refusal.NO_CLIENT, Step.START);
    rotating(false);
    desk.list().withDamaged("rotation " + ACCOUNT);
    refused(Refusal.CORRUPT_ROW, Step.START);
    desk.list().withDamaged("client " + ACCOUNT);
    refused(Refusal.CORRUPT_ROW, Step.START);
  }

  @Test
  void whereSomethingCannotBeReadNothingIsChanged() {
    rotating(false);
    for (String read : List.of("client", "rotation")) {
      desk.list().failing(read);
      assertThat(take(Step.SWITCH)).isEqualTo(new AdminResult.Unavailable<>());
    }
    desk.list().failing("nothing");
    probing.failing("newest");
    assertThat(take(Step.SWITCH)).isEqualTo(new AdminResult.Unavailable<>());
    assertThat(desk.list().made()).isZero();
  }

  @Test
  void aClientWithoutAnExternalIdHasNothingToSwitch() {
    rotating(false);
    desk.list().with(new Client(ACCOUNT, "Own", null, false, true, Map.of(), 1));

    refused(Refusal.NO_ROTATION, Step.SWITCH);
  }
}

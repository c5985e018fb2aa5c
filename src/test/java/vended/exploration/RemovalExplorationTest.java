package vended.exploration;

import static vended.exploration.RotationScenarios.RESTING;
import static vended.exploration.RotationScenarios.STARTED;
import static vended.exploration.RotationScenarios.holds;
import static vended.exploration.RotationScenarios.holdsAtLength;
import static vended.exploration.RotationScenarios.unverified;
import static vended.exploration.RotationScenarios.withoutGrants;

import org.junit.jupiter.api.Test;
import vended.admin.verification.RotateExternalId.Step;
import vended.exploration.World.Trust;

/** Explores the removal of a client: with grants, vends, a rotation and a client made again. */
class RemovalExplorationTest {
  @Test
  void aClientIsRemovedWhileSomebodyIsGrantedItsRoleAndVends() {
    holds(
        withoutGrants(RESTING),
        Rotations.remove("Alice"),
        People.putGrant("Bob"),
        People.vend("one").after("Bob"));
  }

  @Test
  void aClientIsRemovedTogetherWithItsLastGrant() {
    holdsAtLength(
        RESTING,
        1,
        People.removeGrant("Bob"),
        Rotations.remove("Alice"),
        Rotations.remove("Carol"),
        People.vend("one"));
  }

  @Test
  void aClientIsRemovedWhoseGrantNoIndexShowsYet() {
    holds(
        withoutGrants(RESTING).withLaggingIndexes(),
        People.putGrant("Bob"),
        Rotations.remove("Alice"),
        People.vend("one"));
  }

  @Test
  void aClientIsRemovedAndMadeAgainDuringItsRotation() {
    holdsAtLength(
        withoutGrants(STARTED.with(Trust.BOTH)),
        1,
        Rotations.remove("Alice"),
        Rotations.putAgain("Bob"),
        Rotations.probeAndStep("Carol", Step.SWITCH));
  }

  @Test
  void aClientIsRemovedAndMadeAgainWhileItsRoleIsActivated() {
    holdsAtLength(
        unverified(withoutGrants(RESTING)),
        0,
        Rotations.remove("Alice"),
        Rotations.putAgain("Bob"),
        People.probeAndActivate("Carol"),
        People.rename("Dave"));
  }
}

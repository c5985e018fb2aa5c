package vended.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static vended.exploration.RotationScenarios.FAULTS;
import static vended.exploration.RotationScenarios.RESTING;
import static vended.exploration.RotationScenarios.STARTED;
import static vended.exploration.RotationScenarios.SWITCHED;
import static vended.exploration.RotationScenarios.explore;
import static vended.exploration.RotationScenarios.holds;
import static vended.exploration.RotationScenarios.holdsAtLength;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vended.admin.verification.RotateExternalId.Step;
import vended.exploration.World.Trust;

/**
 * Explores the rotation of an ExternalId, as {@link ExplorationTest} does everything else. Each
 * scenario begins where a step does, so that it can be explored to its end.
 */
class RotationExplorationTest {
  @Test
  void aRotationIsStartedByTwo() {
    holds(RESTING, Rotations.step("Alice", Step.START), Rotations.step("Bob", Step.START));
  }

  @Test
  void aRotationIsStartedByTwoWhileSomebodyVendsAndRenames() {
    holdsAtLength(
        RESTING,
        1,
        Rotations.step("Alice", Step.START),
        Rotations.step("Bob", Step.START),
        People.rename("Carol"),
        People.vend("one"));
  }

  @Test
  void itIsSwitchedWhileTheClientComesToAcceptBoth() {
    holds(
        STARTED,
        Rotations.trust(Trust.BOTH),
        Rotations.probeAndStep("Alice", Step.SWITCH),
        People.vend("one"));
  }

  @Test
  void itIsSwitchedAndCancelledAtOnce() {
    holds(
        STARTED.with(Trust.BOTH),
        Rotations.probeAndStep("Alice", Step.SWITCH),
        Rotations.step("Bob", Step.CANCEL),
        People.vend("one"));
  }

  @Test
  void itIsSwitchedByTwoWhileTheClientWithdrawsItsConsent() {
    holdsAtLength(
        STARTED,
        1,
        Rotations.trust(Trust.BOTH, Trust.SAFE),
        Rotations.probeAndStep("Alice", Step.SWITCH),
        Rotations.step("Bob", Step.SWITCH));
  }

  @Test
  void itIsSwitchedWhileTheScheduleProbesAndTheClientOpensItsRole() {
    holdsAtLength(
        STARTED.with(Trust.BOTH),
        0,
        Rotations.trust(Trust.OPEN),
        Rotations.probeAndStep("Alice", Step.SWITCH),
        People.schedule("schedule"));
  }

  @Test
  void itIsSwitchedWhileARoleIsActivatedByAProbeOfBefore() {
    holdsAtLength(
        STARTED.with(Trust.BOTH),
        1,
        Rotations.probeAndStep("Alice", Step.SWITCH),
        People.probeAndActivate("Bob"),
        People.vend("one"));
  }

  /** A probe that has only begun, by a clock that is ahead, may find the role open. */
  @Test
  void itIsNotSwitchedWhileANewerProbeIsUnderWay() {
    holds(
        STARTED.with(Trust.BOTH),
        Rotations.probe("Bob").skewed(3),
        Rotations.probeAndStep("Alice", Step.SWITCH));
  }

  @Test
  void itIsSwitchedByTwoWhoseClocksDiffer() {
    holdsAtLength(
        STARTED,
        0,
        Rotations.trust(Trust.BOTH),
        Rotations.probeAndStep("Alice", Step.SWITCH).skewed(3),
        Rotations.probeAndStep("Bob", Step.SWITCH));
  }

  @Test
  void anotherOneIsStartedBeforeTheSwitch() {
    holdsAtLength(
        STARTED.with(Trust.BOTH),
        1,
        Rotations.step("Alice", Step.CANCEL),
        Rotations.startAnother("Carol").after("Alice"),
        Rotations.probeAndStep("Bob", Step.SWITCH));
  }

  @Test
  void itEndsWhileTheClientGivesUpTheOldOne() {
    holds(
        SWITCHED,
        Rotations.trust(Trust.NEXT),
        Rotations.probeAndStep("Alice", Step.FINISH),
        People.vend("one"));
  }

  @Test
  void itEndsAndIsTakenBackAtOnce() {
    holdsAtLength(
        SWITCHED,
        1,
        Rotations.trust(Trust.NEXT),
        Rotations.probeAndStep("Alice", Step.FINISH),
        Rotations.probeAndStep("Bob", Step.BACK));
  }

  @Test
  void itEndsWhileTheClientTakesTheOldOneUpAgain() {
    holdsAtLength(
        SWITCHED,
        0,
        Rotations.trust(Trust.NEXT, Trust.BOTH),
        Rotations.probeAndStep("Alice", Step.FINISH),
        People.schedule("schedule"));
  }

  @Test
  void theClientSuspendsItselfDuringTheSwitch() {
    holds(
        STARTED.with(Trust.BOTH),
        People.hold("client1"),
        Rotations.probeAndStep("Alice", Step.SWITCH),
        People.vend("one"));
  }

  @Test
  void theClientIsSuspendedDuringTheSwitch() {
    holdsAtLength(
        STARTED.with(Trust.BOTH),
        1,
        People.suspend("Bob"),
        Rotations.probeAndStep("Alice", Step.SWITCH),
        People.resume("resumer"));
  }

  /** Without a fault, whatever happens at once. */
  @Test
  void noVendFailsDuringAWholeRotation() {
    assumeTrue(FAULTS > 0);
    List<Promise> promises = new ArrayList<>(RotationPromises.ALL);
    promises.add(RotationPromises::everyVendIsGranted);
    assertThat(
            explore(
                    RESTING,
                    0,
                    promises,
                    Rotations.step("Alice", Step.START),
                    Rotations.trust(Trust.BOTH).after("Alice"),
                    Rotations.probeAndStep("Bob", Step.SWITCH).after("Alice"),
                    People.vend("one"),
                    People.vend("two"))
                .violation())
        .isNull();
    assertThat(
            explore(
                    SWITCHED,
                    0,
                    promises,
                    Rotations.trust(Trust.NEXT),
                    Rotations.probeAndStep("Bob", Step.FINISH),
                    People.vend("one"),
                    People.vend("two"))
                .violation())
        .isNull();
  }

  @Test
  void withoutTheOrderOfProbes_ASwitchRestsOnStaleEvidence() {
    Explorer.Result result =
        explore(
            STARTED,
            0,
            RotationPromises.ALL,
            Rotations.trust(Trust.BOTH, Trust.SAFE),
            Rotations.probe("Bob"),
            Rotations.probe("Carol").after("Bob"),
            Rotations.stepByAnyProbe("Alice", Step.SWITCH).after("Carol"));
    assertThat(result.violation()).startsWith("Alice switched on stale evidence");
  }

  @Test
  void whereAFunctionKeptTheExternalId_AVendUsesTheOldOne() {
    Explorer.Result result =
        explore(
            STARTED.with(Trust.BOTH),
            0,
            RotationPromises.ALL,
            Rotations.probeAndStep("Alice", Step.SWITCH),
            Rotations.vendByAnOldExternalId("one"));
    assertThat(result.violation()).startsWith("one used an ExternalId that is not the client's");
  }
}

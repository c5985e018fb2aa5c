package vended.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.admin.verification.RotateExternalId.Step;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Rotation;
import vended.allowlist.Stored;
import vended.exploration.World.Trust;

/**
 * Explores the rotation of an ExternalId, and the removal of a client, as {@link ExplorationTest}
 * does everything else. Each scenario begins where a step does, so that it can be explored to its
 * end.
 */
class RotationExplorationTest {
  private static final int FAULTS = Integer.getInteger("explore.faults", 0);

  private static final ClientRole VERIFIED =
      ClientRole.verified(Instant.EPOCH, "00000000000000000000000000", true, true);

  private static final World RESTING = world(People.EXTERNAL_ID, null, Trust.SAFE);
  private static final World STARTED =
      world(People.EXTERNAL_ID, new Rotation(People.CLIENT, People.NEXT, false), Trust.SAFE);
  private static final World SWITCHED =
      world(People.NEXT, new Rotation(People.CLIENT, People.EXTERNAL_ID, true), Trust.BOTH);

  private static World world(String externalId, @Nullable Rotation rotation, Trust trust) {
    Client client =
        new Client(
            People.CLIENT, "Client", externalId, false, false, Map.of(People.ROLE, VERIFIED), 1);
    Map<String, Object> rows = new HashMap<>();
    rows.put("client " + People.CLIENT, stored(client));
    rows.put("external-id " + People.EXTERNAL_ID, People.CLIENT);
    if (rotation != null) {
      rows.put("external-id " + People.NEXT, People.CLIENT);
      rows.put("rotation " + People.CLIENT, stored(rotation));
    }
    String key = People.PIPELINE.value() + " " + People.ROLE.value();
    rows.put("grant " + key, stored(People.grant("setup", 1)));
    rows.put("last " + key, 1L);
    return World.EMPTY.with(all -> rows).with(trust);
  }

  private static <T> Stored<T> stored(T row) {
    return Stored.made(row, "2026-01-01T00:00:00Z", "setup");
  }

  private static World withoutGrants(World world) {
    return world.with(
        rows -> {
          rows.keySet().removeIf(key -> key.startsWith("grant "));
          return rows;
        });
  }

  private static World unverified(World world) {
    return world.with(
        rows -> {
          Client client = Rotations.client(world);
          rows.put(
              "client " + People.CLIENT,
              stored(
                  new Client(
                      People.CLIENT,
                      "Client",
                      client == null ? null : client.externalId(),
                      false,
                      false,
                      Map.of(People.ROLE, ClientRole.UNVERIFIED),
                      1)));
          return rows;
        });
  }

  private static Explorer.Result explore(
      World start, int faults, List<Promise> promises, Request... requests) {
    Explorer.Result result =
        Explorer.explore(new Scenario(start, true, List.of(requests), promises), faults);
    System.out.println(result);
    return result;
  }

  private static void holds(World start, Request... requests) {
    holds(start, FAULTS, requests);
  }

  /** For {@code ./mvnw -Pexplore} alone: it takes more than a second. */
  private static void holdsAtLength(World start, int faults, Request... requests) {
    assumeTrue(FAULTS > 0);
    holds(start, faults, requests);
  }

  private static void holds(World start, int faults, Request... requests) {
    Explorer.Result result = explore(start, faults, RotationPromises.ALL, requests);
    assertThat(result.violation()).isNull();
    assertThat(result.ends()).isPositive();
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
        Rotations.restart("Alice"),
        Rotations.probeAndStep("Bob", Step.SWITCH),
        People.vend("one"));
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

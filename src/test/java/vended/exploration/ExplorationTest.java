package vended.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.InSoak;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Stored;
import vended.exploration.World.Trust;

/**
 * Explores scenarios to their ends, and prints how many situations that were. {@code ./mvnw
 * -Pexplore} adds a fault to each run, and a pipeline to each scenario.
 */
class ExplorationTest {
  /** How many faults may happen in one run, beyond those that the scenario names. */
  private static final int MORE_FAULTS = Integer.getInteger("explore.faults", 0);

  private static final ClientRole VERIFIED =
      ClientRole.verified(Instant.EPOCH, "00000000000000000000000000", true, true);

  private static World world(ClientRole role) {
    Client client =
        new Client(
            People.CLIENT,
            "Client",
            People.EXTERNAL_ID,
            false,
            false,
            Map.of(People.ROLE, role),
            1);
    Map<String, Object> rows = new HashMap<>();
    rows.put("client " + People.CLIENT, Stored.made(client, "2026-01-01T00:00:00Z", "setup"));
    rows.put("external-id " + People.EXTERNAL_ID, People.CLIENT);
    String key = People.PIPELINE.value() + " " + People.ROLE.value();
    rows.put(
        "grant " + key, Stored.made(People.grant("setup", 1), "2026-01-01T00:00:00Z", "setup"));
    rows.put("last " + key, 1L);
    return World.EMPTY.with(all -> rows);
  }

  private static Explorer.Result explore(World start, int faults, Request... requests) {
    boolean timed =
        Arrays.stream(requests).anyMatch(request -> request.name().equals(Explorer.CLIENT));
    Scenario scenario = new Scenario(start, timed, List.of(requests), Promises.ALL);
    Explorer.Result result = Explorer.explore(scenario, faults);
    System.out.println(result);
    return result;
  }

  private static void holds(World start, int faults, Request... requests) {
    List<Request> all = new ArrayList<>(List.of(requests));
    if (MORE_FAULTS > 0) {
      all.add(People.vend("pipeline"));
    }
    holdsAsItIs(start, faults, all.toArray(Request[]::new));
  }

  /** For requests that are too many already to add a pipeline's vend in {@code -Pexplore}. */
  private static void holdsAsItIs(World start, int faults, Request... requests) {
    Explorer.Result result = explore(start, faults + MORE_FAULTS, requests);
    assertThat(result.violation()).isNull();
    assertThat(result.ends()).isPositive();
  }

  @Test
  void aClientIsSuspendedResumedAndRenamed() {
    holds(
        world(VERIFIED),
        1,
        People.suspend("Alice"),
        People.resume("resumer"),
        People.rename("Carol"));
  }

  @Test
  void aPipelineVendsWhileItsClientIsSuspended() {
    holds(world(VERIFIED), 1, People.suspend("Alice"), People.vend("one"), People.vend("two"));
  }

  /** Nothing is vended after the client was told, and neither the vendor's changes end that. */
  @Test
  void aClientSuspendsItselfWhileTheVendorVendsAndResumesIt() {
    holds(world(VERIFIED), 1, People.hold("client"), People.vend("one"), People.resume("resumer"));
    holds(world(VERIFIED), 1, People.hold("client"), People.rename("Carol"), People.vend("one"));
  }

  @Test
  void aClientSuspendsItselfTwiceAndResumes() {
    holds(
        world(VERIFIED),
        1,
        People.hold("client1"),
        People.hold("client2"),
        People.release("resumer-client"));
  }

  @Test
  void aClientThatSuspendedItselfIsNotProbed() {
    holds(
        world(ClientRole.UNVERIFIED),
        0,
        People.hold("client"),
        People.probeAndActivate("Alice"),
        People.vend("one"));
  }

  @Test
  void allVendingIsStoppedTwiceAndResumed() {
    holds(
        world(VERIFIED),
        1,
        People.stop("Alice", true),
        People.stop("Bob", true),
        People.stop("resumer", false));
  }

  @Test
  void aGrantIsRemovedMadeChangedAndApplied() {
    holds(
        world(VERIFIED),
        0,
        People.removeGrant("Alice"),
        People.putGrant("Bob"),
        People.changeGrant("planner1"),
        People.applyGrant("planner2"));
  }

  @Test
  void aRoleIsProbedByTwoWhileItsClientOpensIt() {
    holds(
        world(ClientRole.UNVERIFIED),
        0,
        People.probeAndActivate("Alice"),
        People.schedule("schedule"),
        People.trust(Trust.OPEN));
  }

  @InSoak("the largest; aRoleIsProbedByTwoWhileItsClientOpensIt has one change fewer")
  @Test
  void aVerifiedRoleIsProbedByTwoWhileItsClientOpensAndClosesIt() {
    holdsAsItIs(
        world(VERIFIED),
        0,
        People.probeAndActivate("Alice"),
        People.schedule("schedule"),
        People.trust(Trust.OPEN, Trust.SAFE));
  }

  private static World worldWithANewRole(@Nullable Activation activation) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    World world = world(ClientRole.awaited(new Awaited(now, activation, null)));
    String grant = "grant " + People.PIPELINE.value() + " " + People.ROLE.value();
    return world.with(
        rows -> {
          rows.remove(grant);
          return rows;
        });
  }

  @Test
  void aNewRoleIsActivatedByTheScheduleWhileItsClientIsSuspendedAndResumed() {
    World start = worldWithANewRole(new Activation("Bob", "01JZ0000000000000000000000"));
    holds(start, 0, People.schedule("schedule"), People.suspend("Alice"), People.resume("resumer"));
    assertThat(explore(start, 0, People.schedule("schedule")).ends()).isPositive();
  }

  @Test
  void aNewRoleThatNobodyAskedToActivateIsNot() {
    holds(worldWithANewRole(null), 1, People.schedule("schedule1"), People.schedule("schedule2"));
  }

  @Test
  void aNewRoleIsProbedByTwoWhileItsClientOpensIt() {
    holds(
        worldWithANewRole(new Activation("Bob", "01JZ0000000000000000000000")),
        0,
        People.schedule("schedule"),
        People.trust(Trust.OPEN));
  }

  /** IDs sort by the clocks of functions, and the newest probe is the one with the highest ID. */
  @Test
  void aRoleIsProbedByTwoWhoseClocksDiffer() {
    holds(
        world(ClientRole.UNVERIFIED),
        0,
        People.probeAndActivate("Alice").skewed(3),
        People.schedule("schedule"),
        People.trust(Trust.OPEN));
  }

  @Test
  void twoClientsAreMadeWithOneExternalIdThatNoIndexShowsYet() {
    holds(
        world(VERIFIED).withLaggingIndexes(),
        2,
        People.importClient("Alice", "555566667777"),
        People.importClient("Bob", "888899990000"));
  }

  @Test
  void withoutTheOrderOfProbes_AnOldProbeVerifiesAnOpenRole() {
    Explorer.Result result =
        explore(
            world(ClientRole.UNVERIFIED),
            0,
            People.probeAndActivateAnyProbe("Alice"),
            People.probeAndActivate("Bob"),
            People.trust(Trust.OPEN));
    assertThat(result.violation()).startsWith("the role is verified by a probe that was not");
  }

  @Test
  void withoutMarksOfSuspensions_AResumeUndoesAColleaguesSuspension() {
    Explorer.Result result =
        explore(world(VERIFIED), 0, People.suspend("Alice"), People.resumeWithoutMarks("resumer"));
    assertThat(result.violation()).startsWith("resumer undid what Alice did");
  }
}

package vended.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Rotation;
import vended.allowlist.Stored;
import vended.exploration.World.Trust;

/** Where scenarios of a rotation begin, and what explores them. */
final class RotationScenarios {
  static final int FAULTS = Integer.getInteger("explore.faults", 0);

  private static final ClientRole VERIFIED =
      ClientRole.verified(Instant.EPOCH, "00000000000000000000000000", true, true);

  static final World RESTING = world(People.EXTERNAL_ID, null, Trust.SAFE);
  static final World STARTED =
      world(People.EXTERNAL_ID, new Rotation(People.CLIENT, People.NEXT, false), Trust.SAFE);
  static final World SWITCHED =
      world(People.NEXT, new Rotation(People.CLIENT, People.EXTERNAL_ID, true), Trust.BOTH);

  private RotationScenarios() {}

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

  static World withoutGrants(World world) {
    return world.with(
        rows -> {
          rows.keySet().removeIf(key -> key.startsWith("grant "));
          return rows;
        });
  }

  static World unverified(World world) {
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

  static Explorer.Result explore(
      World start, int faults, List<Promise> promises, Request... requests) {
    Explorer.Result result =
        Explorer.explore(new Scenario(start, true, List.of(requests), promises), faults);
    System.out.println(result);
    return result;
  }

  static void holds(World start, Request... requests) {
    holds(start, FAULTS, requests);
  }

  /** For {@code ./mvnw -Pexplore} alone: it takes more than a second. */
  static void holdsAtLength(World start, int faults, Request... requests) {
    assumeTrue(FAULTS > 0);
    holds(start, faults, requests);
  }

  static void holds(World start, int faults, Request... requests) {
    Explorer.Result result = explore(start, faults, RotationPromises.ALL, requests);
    assertThat(result.violation()).isNull();
    assertThat(result.ends()).isPositive();
  }
}

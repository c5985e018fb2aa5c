package vended.admin.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages.Page;
import vended.identity.RoleArn;

/** When a new role is probed: often at first, then less, and not for ever. */
class RolesToProbeTest {
  private static final Instant SINCE = Instant.parse("2026-01-01T00:30:00Z");
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");

  private static RolesToProbe.NewRoles after(Duration age) throws Exception {
    ClientRole role = ClientRole.awaited(new Awaited(SINCE, null, null));
    Client client =
        new Client(
            "444455556666", "Client", "0123456789abcdef", false, false, Map.of(ROLE, role), 1);
    Stored<Client> stored = Stored.made(client, "2026-01-01T00:00:00Z", "setup");
    Clock clock = Clock.fixed(SINCE.plus(age), ZoneOffset.UTC);
    return new RolesToProbe(
            (last, limit) -> new Page<>(List.of(stored), List.of(), null), Map::of, clock)
        .newRoles(null);
  }

  @Test
  void aRoleThatNeverComesIsProbed76Times() throws Exception {
    int probes = 0;
    for (int hour : IntStream.range(0, 24 * 20).toArray()) {
      probes += after(Duration.ofHours(hour)).page().roles().size();
    }
    assertThat(probes).isEqualTo(24 + 13 * 4);
  }

  @ParameterizedTest
  @CsvSource({"PT335H59M, 0", "PT336H, 1", "PT359H59M, 1", "PT360H, 0"})
  void itIsOverdueForADay(Duration age, int overdue) throws Exception {
    assertThat(after(age).overdue()).hasSize(overdue);
  }
}

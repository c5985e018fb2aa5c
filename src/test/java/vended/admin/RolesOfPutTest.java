package vended.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.clock.SettableClock;
import vended.identity.AssumableRoles;
import vended.identity.RoleArn;
import vended.identity.RolePattern;
import vended.json.JsonError;

/** Which roles a put gives a client, and when the schedule activates them. */
class RolesOfPutTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String VENDOR = "111122223333";
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  private static final RoleArn OUTSIDE = new RoleArn("arn:aws:iam::444455556666:role/Admin");
  private static final ClientRole VERIFIED = ClientRole.verified(NOW, "probe", true, true);

  private final SettableClock clock = new SettableClock(NOW);
  private final RolesOfPut roles =
      new RolesOfPut(
          new AssumableRoles(new RolePattern("arn:aws:iam::*:role/vended/*"), false), clock);

  private static PutClient.Request request(
      @Nullable List<RoleArn> roles, @Nullable Boolean activate) {
    return new PutClient.Request("444455556666", "A", roles, false, null, activate, null);
  }

  private static Trace trace(String by) {
    return new Trace(
        new VendId("01ARYZ6S41TSV4RRFFQ69G5FAV"),
        new Requester(by, null, null, null, null, null, null, null));
  }

  private ClientRole after(@Nullable Boolean activate, Map<RoleArn, ClientRole> before) {
    return Objects.requireNonNull(
        roles.after(trace("bob"), request(List.of(ROLE), activate), before).get(ROLE));
  }

  private static ClientRole awaited(Instant since, @Nullable String by) {
    Activation activation = by == null ? null : new Activation(by, "01ARYZ6S41TSV4RRFFQ69G5FAV");
    return ClientRole.awaited(new Awaited(since, activation, null));
  }

  @Test
  void aRoleOutsideOfThePatternIsRefusedByItsPlace_UnlessTheClientHasItAlready() {
    var request = request(List.of(ROLE, OUTSIDE), null);

    assertThat(roles.errors(request, Set.of(), VENDOR))
        .extracting(JsonError::pointer)
        .containsExactly("/roles/1");
    assertThat(roles.errors(request, Set.of(OUTSIDE), VENDOR)).isEmpty();
  }

  @Test
  void aNewRoleIsAwaited_AndOneThatStaysKeepsWhatProbesFound() {
    assertThat(after(null, Map.of())).isEqualTo(awaited(NOW, null));
    assertThat(after(null, Map.of(ROLE, VERIFIED))).isEqualTo(VERIFIED);
    assertThat(after(true, Map.of(ROLE, VERIFIED))).isEqualTo(VERIFIED);
  }

  @Test
  void withoutRolesInTheRequestAllStay_AndOtherwiseTheOthersGo() {
    Map<RoleArn, ClientRole> before = Map.of(ROLE, VERIFIED, OUTSIDE, VERIFIED);

    assertThat(roles.after(trace("bob"), request(null, null), before)).isEqualTo(before);
    assertThat(roles.after(trace("bob"), request(List.of(ROLE), null), before))
        .isEqualTo(Map.of(ROLE, VERIFIED));
  }

  @Test
  void aRequestToActivateHasWhoAskedAndSinceWhen_AndKeepsBothUntilItIsOver() {
    ClientRole asked = awaited(NOW, "alice");
    assertThat(after(true, Map.of())).isEqualTo(awaited(NOW, "bob"));

    clock.advance(Duration.ofDays(14).minusSeconds(1));
    assertThat(after(true, Map.of(ROLE, asked))).isEqualTo(asked);

    clock.advance(Duration.ofSeconds(1));
    assertThat(after(true, Map.of(ROLE, asked))).isEqualTo(awaited(clock.instant(), "bob"));
  }

  @Test
  void aRequestIsWithdrawn_AndTheWaitGoesOn() {
    Map<RoleArn, ClientRole> before = Map.of(ROLE, awaited(NOW, "alice"));
    clock.advance(Duration.ofDays(1));

    assertThat(after(false, before)).isEqualTo(awaited(NOW, null));
    assertThat(after(null, before)).isEqualTo(awaited(NOW, "alice"));
  }
}

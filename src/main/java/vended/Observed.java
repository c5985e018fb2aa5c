package vended;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowList;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.audit.AuditLog;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.sts.RoleAssumer;
import vended.telemetry.Hop;
import vended.telemetry.Telemetry;

/**
 * Ports that tell how long each call took, whether it ended well or not: what hangs is of more
 * interest than what does not.
 */
final class Observed {
  private final Telemetry telemetry;
  private final Clock clock;

  Observed(Telemetry telemetry, Clock clock) {
    this.telemetry = telemetry;
    this.clock = clock;
  }

  AllowList allowList(AllowList port) {
    return new AllowList() {
      @Override
      public Entry find(CallerArn caller, RoleArn role) throws AllowListException {
        return timed(Hop.ALLOW_LIST, () -> port.find(caller, role));
      }

      @Override
      public Row<Client> clientOf(RoleArn role) throws AllowListException {
        return timed(Hop.ALLOW_LIST, () -> port.clientOf(role));
      }

      @Override
      public Map<String, String> namesOf(Set<String> accounts) throws AllowListException {
        return timed(Hop.ALLOW_LIST, () -> port.namesOf(accounts));
      }

      @Override
      public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit)
          throws AllowListException {
        return timed(Hop.ALLOW_LIST, () -> port.grantsOf(caller, after, limit));
      }
    };
  }

  AuditLog auditLog(AuditLog port) {
    return entry ->
        timed(
            Hop.AUDIT,
            () -> {
              port.append(entry);
              return true;
            });
  }

  RoleAssumer roleAssumer(RoleAssumer port) {
    return call -> timed(Hop.STS, () -> port.assume(call));
  }

  private interface Call<T, E extends Exception> {
    T call() throws E;
  }

  private <T, E extends Exception> T timed(Hop hop, Call<T, E> call) throws E {
    Instant start = clock.instant();
    try {
      return call.call();
    } finally {
      telemetry.took(hop, Duration.between(start, clock.instant()));
    }
  }
}

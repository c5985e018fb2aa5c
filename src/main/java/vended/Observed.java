package vended;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.ClientPages;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.sts.RoleAssumer;
import vended.telemetry.Hop;
import vended.telemetry.Telemetry;

/**
 * Decorators that tell operators what passes through a port: the latency of each call, failed calls
 * included; corrupt rows; audit records, and those that could not be stored.
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
        Entry entry = timed(Hop.ALLOW_LIST, () -> port.find(caller, role));
        entry.rows().forEach(Observed.this::reportIfCorrupt);
        return entry;
      }

      @Override
      public Owner clientOf(RoleArn role) throws AllowListException {
        Owner owner = timed(Hop.ALLOW_LIST, () -> port.clientOf(role));
        owner.rows().forEach(Observed.this::reportIfCorrupt);
        return owner;
      }

      @Override
      public Clients clientsOf(Set<String> accounts) throws AllowListException {
        return timed(Hop.ALLOW_LIST, () -> port.clientsOf(accounts));
      }

      @Override
      public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit)
          throws AllowListException {
        GrantPage page = timed(Hop.ALLOW_LIST, () -> port.grantsOf(caller, after, limit));
        page.rows().forEach(Observed.this::reportIfCorrupt);
        return page;
      }
    };
  }

  private void reportIfCorrupt(Row<?> row) {
    if (row instanceof Row.Corrupt<?>(String fault)) {
      telemetry.corruptRow(fault);
    }
  }

  /** Latency is not measured: no caller waits for these pages. */
  ClientPages clientPages(ClientPages port) {
    return (after, limit) -> {
      AllowListPages.Page<Client, String> page = port.clients(after, limit);
      page.corrupt().forEach(telemetry::corruptRow);
      return page;
    };
  }

  AuditLog auditLog(AuditLog port) {
    return auditRecord -> {
      try {
        timed(
            Hop.AUDIT,
            () -> {
              port.append(auditRecord);
              return true;
            });
      } catch (AuditException e) {
        telemetry.auditFailed(auditRecord.vendId(), e);
        throw e;
      }
      telemetry.recorded(auditRecord);
    };
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

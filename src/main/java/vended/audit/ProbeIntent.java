package vended.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import vended.audit.VendRecord.Subject;
import vended.identity.RoleArn;

/**
 * A probe that starts. Its row looks like a vend's intent; the type tells the two apart, because a
 * probe that started counts as the newest one of its role.
 *
 * @param trace the probe, and who asked for it
 * @param at when, truncated to the millisecond
 * @param role the client role
 * @param subject what STS is asked for
 */
public record ProbeIntent(Trace trace, Instant at, RoleArn role, Subject subject)
    implements AuditRecord {
  public ProbeIntent {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Kind kind() {
    return Kind.INTENT;
  }
}

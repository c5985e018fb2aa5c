package vended.audit;

import java.time.Instant;
import vended.audit.VendRecord.Kind;
import vended.audit.VendRecord.Requester;
import vended.audit.VendRecord.Subject;
import vended.identity.RoleArn;

/**
 * A probe that starts. Its row looks like a vend's intent; the type tells the two apart, because a
 * probe that started counts as the newest one of its role.
 *
 * @param vendId the probe's ID
 * @param at when, to the millisecond
 * @param requester who asked for the probe
 * @param role the client role
 * @param subject what STS is asked for
 */
public record ProbeIntent(
    VendId vendId, Instant at, Requester requester, RoleArn role, Subject subject)
    implements AuditRecord {
  @Override
  public Kind kind() {
    return Kind.INTENT;
  }
}

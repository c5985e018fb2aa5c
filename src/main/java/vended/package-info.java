/**
 * Short-lived credentials of clients' AWS roles for a vendor's pipelines.
 *
 * <p>The path of one request:
 *
 * <ol>
 *   <li>{@code api.ApiHandler} takes the caller from what API Gateway verified, and from nothing
 *       else;
 *   <li>{@code api.vend.CredentialsBody} reads the body strictly;
 *   <li>{@code allowlist.AllowList} reads client and grant in one consistent read, and {@code
 *       vending.Decision} allows the vend or names the reason why not;
 *   <li>{@code audit.AuditLog} stores the intent, before STS is called;
 *   <li>{@code sts.RoleAssumer} assumes the client role;
 *   <li>{@code audit.AuditLog} stores the outcome, before the credentials leave.
 * </ol>
 *
 * <p>A role can be vended once {@code probe.ProbeRole} has found that only its client's ExternalId
 * opens it. Every day a schedule has {@code api.schedule.ReprobeHandler} probe it again, and {@code
 * SettleHandler} act on the result. {@code api.audit.AuditHandler} answers auditors, and {@code
 * api.schedule.WatchHandler} finds vends without an outcome.
 */
@NullMarked
package vended;

import org.jspecify.annotations.NullMarked;

/**
 * Short-lived credentials of clients' AWS roles for a vendor's pipelines.
 *
 * <p>The path of one request:
 *
 * <ol>
 *   <li>{@code api.VendHandler} takes the caller from what API Gateway verified, and only from
 *       that;
 *   <li>{@code api.CredentialsBody} reads the body strictly;
 *   <li>{@code allowlist.AllowList} reads client and grant in one consistent read, and {@code
 *       allowlist.Decision} says yes or names the reason for no;
 *   <li>{@code audit.AuditLog} stores the intent, before STS is called;
 *   <li>{@code credentials.RoleAssumer} assumes the client role;
 *   <li>{@code audit.AuditLog} stores the outcome, before the credentials leave.
 * </ol>
 *
 * <p>A role is vended once {@code probe.ProbeRole} has found that its client's ExternalId opens it,
 * and nothing else does. A schedule has {@code api.ReprobeHandler} look again every day, and {@code
 * api.SettleHandler} act on what it found. {@code api.AuditHandler} answers auditors, and {@code
 * api.WatchHandler} looks for what never ended.
 */
@NullMarked
package vended;

import org.jspecify.annotations.NullMarked;

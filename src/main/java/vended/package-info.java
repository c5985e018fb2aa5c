/**
 * Short-lived credentials of clients' AWS roles for a vendor's pipelines.
 *
 * <p>The path of a request for credentials:
 *
 * <ol>
 *   <li>{@code api.ApiHandler} identifies the caller, only by what API Gateway verified, and {@code
 *       api.vend.VendHandler} routes the request;
 *   <li>{@code api.vend.CredentialsBody} parses the body strictly;
 *   <li>{@code vending.VendCredentials} is the use case. {@code allowlist.read.AllowList} reads
 *       client and grant in one consistent read, and {@code vending.Decision} permits the request
 *       or refuses it with a reason;
 *   <li>{@code audit.AuditLog} stores the intent, before STS is called;
 *   <li>{@code sts.RoleAssumer} assumes the client role;
 *   <li>{@code audit.AuditLog} stores the outcome, before the credentials leave.
 * </ol>
 *
 * <p>A role can be vended once {@code probe.ProbeRole} has found that the client's ExternalId opens
 * it, and nothing else does. On schedule, {@code api.schedule.ReprobeHandler} probes it again every
 * day, and {@code api.schedule.SettleHandler} acts on the result. {@code api.audit.AuditHandler}
 * answers auditors, and {@code api.schedule.WatchHandler} looks for vends and changes that never
 * ended.
 *
 * <p>In this package, {@code Settings} reads the environment, {@code AwsClients} builds the SDK's
 * clients, {@code Wiring} builds the object graph, and {@code Observed} decorates its ports with
 * metrics.
 */
@NullMarked
package vended;

import org.jspecify.annotations.NullMarked;

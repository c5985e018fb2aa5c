package vended.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who made a request, as API Gateway verified it, and how the request can be found again.
 *
 * @param caller the canonical ARN; for a refused identity, what API Gateway named
 * @param callerId the unique ID of the user or role
 * @param callerSession the session's name
 * @param callerAccount the caller's account
 * @param callerAccessKeyId the access key that the request was signed with
 * @param sourceIp where the request came from
 * @param userAgent what the client calls itself, shortened
 * @param apiRequestId API Gateway's extended request ID, which a client can't choose
 */
public record Requester(
    @Nullable String caller,
    @Nullable String callerId,
    @Nullable String callerSession,
    @Nullable String callerAccount,
    @Nullable String callerAccessKeyId,
    @Nullable String sourceIp,
    @Nullable String userAgent,
    @Nullable String apiRequestId) {}

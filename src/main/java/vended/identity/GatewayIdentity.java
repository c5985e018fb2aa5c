package vended.identity;

import org.jspecify.annotations.Nullable;

/**
 * The identity that API Gateway verified with SigV4: {@code requestContext.identity} of a REST API.
 * Nothing else in a request identifies the caller.
 *
 * @param userArn the ARN of the user, or of the session of a role
 * @param caller the unique ID of the user, or that of the role and the session's name
 * @param accountId the caller's account
 * @param accessKey the access key that the request was signed with
 * @param cognito whether a Cognito identity is named
 * @param stage the stage of the API that was called
 * @param sourceIp the address that the request came from
 * @param userAgent the client's own claim, not verified
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">the
 *     context's variables</a>
 */
public record GatewayIdentity(
    @Nullable String userArn,
    @Nullable String caller,
    @Nullable String accountId,
    @Nullable String accessKey,
    boolean cognito,
    @Nullable String stage,
    @Nullable String sourceIp,
    @Nullable String userAgent) {}

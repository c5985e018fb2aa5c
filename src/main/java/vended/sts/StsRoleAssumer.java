package vended.sts;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.Tag;
import vended.audit.Reason;

/**
 * Calls AssumeRole of AWS STS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public final class StsRoleAssumer implements RoleAssumer {
  /** AWS's request IDs are UUIDs. */
  private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

  private final StsClient client;

  /**
   * Calls STS through a client.
   *
   * @param client for a regional endpoint, with calls that end within a few seconds
   */
  public StsRoleAssumer(StsClient client) {
    this.client = client;
  }

  @Override
  public Answer assume(AssumeRole call) {
    try {
      return new Issued(issued(client.assumeRole(request(call))));
    } catch (AwsServiceException e) {
      Reason reason = reason(e);
      boolean passing = reason == Reason.STS_THROTTLED || reason == Reason.STS_UNAVAILABLE;
      return new NotIssued(reason, passing, requestId(e.requestId()));
    } catch (RuntimeException e) {
      return new NotIssued(Reason.STS_UNAVAILABLE, true, null);
    }
  }

  private static AssumeRoleRequest request(AssumeRole call) {
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder()
            .roleArn(call.role().value())
            .roleSessionName(call.sessionName())
            .durationSeconds(call.durationSeconds())
            .externalId(call.externalId())
            .sourceIdentity(call.sourceIdentity())
            .policy(call.policy());
    if (!call.tags().isEmpty()) {
      request.tags(
          call.tags().entrySet().stream()
              .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
              .toList());
    }
    if (!call.policyArns().isEmpty()) {
      request.policyArns(
          call.policyArns().stream()
              .map(arn -> PolicyDescriptorType.builder().arn(arn).build())
              .toList());
    }
    return request.build();
  }

  // The newer SessionTokenUtilization measures the whole token; the audit needs the share of the
  // policies.
  @SuppressWarnings("deprecation")
  private static IssuedCredentials issued(AssumeRoleResponse answer) {
    Credentials credentials = answer.credentials();
    AssumedRoleUser user = answer.assumedRoleUser();
    return new IssuedCredentials(
        credentials == null ? null : credentials.accessKeyId(),
        credentials == null ? null : credentials.secretAccessKey(),
        credentials == null ? null : credentials.sessionToken(),
        credentials == null ? null : credentials.expiration(),
        user == null ? null : user.arn(),
        user == null ? null : user.assumedRoleId(),
        answer.packedPolicySize(),
        requestId(answer));
  }

  private static @Nullable String requestId(AssumeRoleResponse answer) {
    return answer.responseMetadata() == null
        ? null
        : requestId(answer.responseMetadata().requestId());
  }

  /** It will be stored, so malformed text is dropped. */
  private static @Nullable String requestId(@Nullable String text) {
    return text != null && REQUEST_ID.matcher(text).matches() ? text : null;
  }

  /** The messages of STS go no further: they name roles, policies and keys. */
  private static Reason reason(AwsServiceException e) {
    if (e.isThrottlingException()) {
      return Reason.STS_THROTTLED;
    }
    if (e.statusCode() >= 500) {
      return Reason.STS_UNAVAILABLE;
    }
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return switch (code) {
      case "AccessDenied", "AccessDeniedException" -> Reason.STS_ACCESS_DENIED;
      case "MalformedPolicyDocument", "MalformedPolicyDocumentException" ->
          Reason.STS_POLICY_MALFORMED;
      case "PackedPolicyTooLarge", "PackedPolicyTooLargeException" -> Reason.STS_POLICY_TOO_LARGE;
      case "RegionDisabledException" -> Reason.STS_REGION_DISABLED;
      case "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "SignatureDoesNotMatch" ->
          Reason.STS_VENDOR_CREDENTIALS;
      case "ValidationError", "ValidationException", "InvalidParameterValue" ->
          Reason.STS_INVALID_ARGUMENT;
      case null, default -> Reason.STS_REFUSED;
    };
  }
}

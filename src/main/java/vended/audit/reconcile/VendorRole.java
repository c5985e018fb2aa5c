package vended.audit.reconcile;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.identity.RoleArn;

/**
 * The role that clients trust, as CloudTrail names it.
 *
 * @param uniqueId its unique ID, {@code AROA…}, the only name of it in the trail of a client's
 *     account; null if unknown, and then only the vendor's own trail shows its calls
 */
public record VendorRole(RoleArn arn, @Nullable String uniqueId) {
  /**
   * Whether a session of this role made the call.
   *
   * @param userIdentity the event's element
   * @see <a
   *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html">CloudTrail
   *     userIdentity element</a>
   */
  boolean isBehind(Map<?, ?> userIdentity) {
    // Any of the three is enough: taking a stranger for the vendor role creates a finding, taking
    // the vendor role for a stranger hides one.
    Map<?, ?> issuer =
        ForeignJson.object(ForeignJson.object(userIdentity, "sessionContext"), "sessionIssuer");
    String session = ForeignJson.text(userIdentity, "arn");
    String principalId = ForeignJson.text(userIdentity, "principalId");
    return arn.value().equals(ForeignJson.text(issuer, "arn"))
        || (session != null && session.startsWith(arn.sessionArn("")))
        || (uniqueId != null && principalId != null && principalId.startsWith(uniqueId + ":"));
  }
}

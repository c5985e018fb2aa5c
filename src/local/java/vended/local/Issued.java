package vended.local;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What STS answers to AssumeRole. A test may change any of it on the way out; what is null is left
 * out of the answer.
 */
public record Issued(
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String sessionToken,
    @Nullable Instant expiration,
    @Nullable String assumedRoleArn,
    @Nullable String assumedRoleId,
    @Nullable String packedPolicySize,
    @Nullable String sourceIdentity) {

  public Issued withSessionToken(@Nullable String token) {
    return new Issued(
        accessKeyId,
        secretAccessKey,
        token,
        expiration,
        assumedRoleArn,
        assumedRoleId,
        packedPolicySize,
        sourceIdentity);
  }

  public Issued withExpiration(@Nullable Instant end) {
    return new Issued(
        accessKeyId,
        secretAccessKey,
        sessionToken,
        end,
        assumedRoleArn,
        assumedRoleId,
        packedPolicySize,
        sourceIdentity);
  }

  public Issued withAssumedRoleArn(@Nullable String arn) {
    return new Issued(
        accessKeyId,
        secretAccessKey,
        sessionToken,
        expiration,
        arn,
        assumedRoleId,
        packedPolicySize,
        sourceIdentity);
  }

  public Issued withAssumedRoleId(@Nullable String id) {
    return new Issued(
        accessKeyId,
        secretAccessKey,
        sessionToken,
        expiration,
        assumedRoleArn,
        id,
        packedPolicySize,
        sourceIdentity);
  }

  /** With a text, since an answer may hold one that is no number. */
  public Issued withPackedPolicySize(@Nullable String size) {
    return new Issued(
        accessKeyId,
        secretAccessKey,
        sessionToken,
        expiration,
        assumedRoleArn,
        assumedRoleId,
        size,
        sourceIdentity);
  }

  public Issued withoutKey() {
    return new Issued(
        null,
        null,
        sessionToken,
        expiration,
        assumedRoleArn,
        assumedRoleId,
        packedPolicySize,
        sourceIdentity);
  }

  /** Never the secrets, which would end in a log. */
  @Override
  public String toString() {
    return "Issued[" + accessKeyId + ", " + assumedRoleArn + "]";
  }
}

package vended.local;

import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The two names that API Gateway gives a request.
 *
 * @param requestId the caller can choose it (API Gateway developer guide, "$context.requestId")
 * @param extendedRequestId the caller can't choose this one
 */
record RequestIds(String requestId, String extendedRequestId) {

  static RequestIds of(RawRequest request) {
    byte[] random = new byte[11];
    ThreadLocalRandom.current().nextBytes(random);
    return new RequestIds(
        request.values("x-amzn-RequestId").stream()
            .findFirst()
            .orElseGet(() -> UUID.randomUUID().toString()),
        Base64.getEncoder().encodeToString(random));
  }
}

package vended;

import java.time.Duration;

/**
 * How long one call of an AWS service may take.
 *
 * @param connect to open a connection
 * @param read the longest silence on an open connection
 * @param dynamoDbCall a call of DynamoDB, all attempts together
 * @param dynamoDbAttempt one attempt of it
 * @param dynamoDbAgain a further call of DynamoDB for the same purpose, all attempts together: for
 *     rows that the first call left unread, for a record whose answer was lost, or for names that
 *     an answer can do without
 * @param stsCall a call of STS, all attempts together
 * @param stsAttempt one attempt of it
 */
public record TimeLimits(
    Duration connect,
    Duration read,
    Duration dynamoDbCall,
    Duration dynamoDbAttempt,
    Duration dynamoDbAgain,
    Duration stsCall,
    Duration stsAttempt) {
  /**
   * The limits of the deployed functions. In the worst case they add up to 13.75 s: allow-list 2.25
   * s and a second read of 1 s, intent 2.25 s and 1 s to read it back, STS 4 s, outcome as the
   * intent. The function has 15 s, and API Gateway waits 29 s. A probe calls STS more often, and
   * checks the time left before each call.
   */
  public static final TimeLimits OF_FUNCTION =
      new TimeLimits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofMillis(2250),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(4),
          Duration.ofSeconds(2));
}

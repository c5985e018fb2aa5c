package vended.priming;

import java.time.Instant;

/** The rows of the vend that priming makes: a client with a verified role, and a grant of it. */
public final class SampleRows {
  /** The time of the sample, by the clock that primes. */
  public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  /** The vendor's account. */
  public static final String VENDOR = "111122223333";

  /** The client's account. */
  public static final String CLIENT = "444455556666";

  /** The client role. */
  public static final String ROLE = "arn:aws:iam::" + CLIENT + ":role/vended/priming";

  /** The unique ID of the caller's role. */
  public static final String CALLER_ID = "AROAPRIMINGPRIMING00";

  /** How long the session lives, in seconds. */
  static final int DURATION_SECONDS = 900;

  /** The rows as DynamoDB answers them, in its typed JSON. */
  static final String JSON =
      """
      [{"pk":{"S":"account#%2$s"},"sk":{"S":"client"},"kind":{"S":"client"},%1$s,\
      "name":{"S":"Priming"},"externalId":{"S":"priming-0000000000000000000000"},\
      "suspended":{"BOOL":false},"ownAccount":{"BOOL":false},"roles":{"M":{"%3$s":{"M":{\
      "verifiedAt":{"S":"%5$s"},"probeId":{"S":"01JZ0000000000000000000000"},\
      "sourceIdentity":{"BOOL":true},"sessionTags":{"BOOL":true}}}}}},\
      {"pk":{"S":"caller#arn:aws:iam::%4$s:role/Priming"},"sk":{"S":"role#%3$s"},\
      "kind":{"S":"grant"},%1$s,"callerId":{"S":"%6$s"},"maxDurationSeconds":{"N":"3600"},\
      "disabled":{"BOOL":false},"description":{"S":"Priming"}}]\
      """
          .formatted(
              "\"schema\":{\"N\":\"1\"},\"version\":{\"N\":\"1\"},"
                  + "\"createdAt\":{\"S\":\"%1$s\"},\"createdBy\":{\"S\":\"priming\"},"
                      .formatted(AT)
                  + "\"updatedAt\":{\"S\":\"%1$s\"},\"updatedBy\":{\"S\":\"priming\"}"
                      .formatted(AT),
              CLIENT,
              ROLE,
              VENDOR,
              AT,
              CALLER_ID);

  private SampleRows() {}
}

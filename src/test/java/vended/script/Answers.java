package vended.script;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** What the stand-ins answer and the callers are. */
final class Answers {
  static final String ROLE = "arn:aws:iam::444455556666:role/vended/Deploy";
  static final String CALLER_ID = "AKIDCALLER0000000000";
  static final String CALLER_SECRET = "caller-se\"cret\\/+=";
  static final String CALLER_TOKEN = "caller-tok\"en\\n/+==";
  static final String ISSUED_ID = "ASIAISSUED0000000000";
  static final String ISSUED_SECRET = "issued/secret+0123456789";
  static final String ISSUED_TOKEN = "issued/token+0123456789==";
  static final String VEND_ID = "01JD0000000000000000000000";
  static final String ASSUMED =
      "arn:aws:sts::444455556666:assumed-role/Deploy/ci@01JD0000000000000000000000";

  private Answers() {}

  /** A member of each answer of {@code /audit/reconcile}. */
  static final String VENDOR_ROLE =
      "\"vendorRole\":{\"roleArn\":\"arn:aws:iam::111122223333:role/vended-vendor\","
          + "\"uniqueId\":\"AROAVENDEDVENDOREXAMP\"}";

  private static final Map<String, String> NONE = Map.of();

  static String credentials() {
    return credentials(Duration.ofHours(1), NONE);
  }

  static String credentials(Duration left) {
    return credentials(left, NONE);
  }

  /** With one value (JSON) replaced, or left out where it is empty. */
  static String credentialsBut(String name, String json) {
    return credentials(Duration.ofHours(1), Map.of(name, json));
  }

  private static String credentials(Duration left, Map<String, String> other) {
    StringBuilder json = new StringBuilder();
    add(json, other, "Version", "1");
    add(json, other, "AccessKeyId", quoted(ISSUED_ID));
    add(json, other, "SecretAccessKey", quoted(ISSUED_SECRET));
    add(json, other, "SessionToken", quoted(ISSUED_TOKEN));
    add(json, other, "Expiration", quoted(in(left)));
    add(json, other, "AccountId", quoted("444455556666"));
    add(json, other, "AssumedRoleArn", quoted(ASSUMED));
    add(json, other, "VendId", quoted(VEND_ID));
    return "{" + json + "}";
  }

  private static void add(
      StringBuilder json, Map<String, String> other, String name, String usual) {
    String value = other.getOrDefault(name, usual);
    if (!value.isEmpty()) {
      json.append(json.isEmpty() ? "" : ",").append(quoted(name)).append(":").append(value);
    }
  }

  static String in(Duration left) {
    return Instant.now().plus(left).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }

  static String problem(int status, String title, String detail) {
    return """
    {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"x","vendId":"%s"}\
    """
        .formatted(title, status, detail, VEND_ID);
  }
}

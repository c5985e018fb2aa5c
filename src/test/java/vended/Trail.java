package vended;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vended.json.Json;

/**
 * CloudTrail's events of AssumeRole, of the form that AWS's documentation and real trails show.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html">Logging
 *     IAM and AWS STS API calls</a>
 */
public final class Trail {
  public static final String EXTERNAL_ID = "the-external-id-of-a-client";
  private static final String VENDOR = "arn:aws:iam::111122223333:role/vended-vendor";
  private static final String VENDOR_ID = "AROAVENDEDVENDOREXAMP";
  private static final Map<String, Object> SESSION =
      Map.of(
          "type", "AssumedRole",
          "principalId", VENDOR_ID + ":vended-vend",
          "arn", "arn:aws:sts::111122223333:assumed-role/vended-vendor/vended-vend",
          "accountId", "111122223333",
          "accessKeyId", "ASIAEXAMPLEOFTHEVENDOR",
          "sessionContext",
              Map.of(
                  "sessionIssuer",
                  Map.of(
                      "type", "Role",
                      "principalId", VENDOR_ID,
                      "arn", VENDOR,
                      "accountId", "111122223333",
                      "userName", "vended-vendor"),
                  "attributes",
                  Map.of("creationDate", "2026-03-01T00:00:00Z", "mfaAuthenticated", "false")));

  private Trail() {}

  /** A call by the vendor role to which STS issued credentials, in the vendor's own trail. */
  public static Map<String, Object> issued(
      Instant time, String role, String session, String accessKeyId) {
    Map<String, Object> event = event(time, role);
    String account = role.split(":", -1)[4];
    String name = role.substring(role.lastIndexOf('/') + 1);
    event.put("requestParameters", parameters(role, session));
    event.put(
        "responseElements",
        Map.of(
            "credentials",
            Map.of(
                "accessKeyId",
                accessKeyId,
                "sessionToken",
                "IQoJb3JpZ2luX2VjEXAMPLETOKEN".repeat(20),
                "expiration",
                "Mar 1, 2026, 1:00:00 PM"),
            "assumedRoleUser",
            Map.of(
                "assumedRoleId",
                "AROA" + name.toUpperCase(Locale.ROOT) + ":" + session,
                "arn",
                "arn:aws:sts::%s:assumed-role/%s/%s".formatted(account, name, session))));
    return event;
  }

  /** A call by the vendor role that STS refused, with its parameters. */
  public static Map<String, Object> refused(Instant time, String role, String session) {
    Map<String, Object> event = nameless(time, role);
    event.put("requestParameters", parameters(role, session));
    return event;
  }

  /** The same without parameters, as the trail shows it if IAM denies the action. */
  public static Map<String, Object> nameless(Instant time, String role) {
    Map<String, Object> event = event(time, role);
    event.put("errorCode", "AccessDenied");
    event.put(
        "errorMessage",
        "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
            .formatted(SESSION.get("arn"), role));
    return event;
  }

  private static Map<String, Object> event(Instant time, String role) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventVersion", "1.08");
    event.put("userIdentity", SESSION);
    event.put("eventTime", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("eventSource", "sts.amazonaws.com");
    event.put("eventName", "AssumeRole");
    event.put("awsRegion", "eu-west-1");
    event.put("sourceIPAddress", "198.51.100.7");
    event.put("userAgent", "aws-sdk-java/2.57.8 md/io#sync md/http#UrlConnection ua/2.1");
    event.put(
        "resources",
        List.of(
            Map.of("accountId", role.split(":", -1)[4], "type", "AWS::IAM::Role", "ARN", role)));
    event.put("requestID", UUID.randomUUID().toString());
    event.put("eventID", UUID.randomUUID().toString());
    event.put("sharedEventID", UUID.randomUUID().toString());
    event.put("readOnly", true);
    event.put("eventType", "AwsApiCall");
    event.put("managementEvent", true);
    event.put("recipientAccountId", "111122223333");
    event.put("eventCategory", "Management");
    event.put("tlsDetails", Map.of("tlsVersion", "TLSv1.3"));
    return event;
  }

  private static Map<String, Object> parameters(String role, String session) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("roleArn", role);
    parameters.put("roleSessionName", session);
    parameters.put("externalId", EXTERNAL_ID);
    parameters.put("durationSeconds", 3600);
    parameters.put("tags", List.of(Map.of("key", "vended:id", "value", session)));
    return parameters;
  }

  /** The same call in the client's trail, which shows only the ID of the caller. */
  public static Map<String, Object> atTheClient(Map<String, Object> event, String account) {
    Map<String, Object> other = new LinkedHashMap<>(event);
    other.put(
        "userIdentity",
        Map.of(
            "type", "AWSAccount",
            "principalId", VENDOR_ID + ":vended-vend",
            "accountId", "111122223333"));
    other.put("eventID", UUID.randomUUID().toString());
    other.put("recipientAccountId", account);
    return other;
  }

  /** The same event as {@code aws cloudtrail lookup-events} answers it. */
  public static Map<String, Object> lookedUp(Map<String, Object> event) {
    Map<String, Object> element = new LinkedHashMap<>();
    element.put("EventId", event.get("eventID"));
    element.put("EventName", event.get("eventName"));
    element.put("ReadOnly", "true");
    element.put("EventTime", "2026-03-01T12:00:00+01:00");
    element.put("EventSource", event.get("eventSource"));
    element.put("Username", "vended-vend");
    element.put("Resources", List.of());
    element.put("CloudTrailEvent", Json.write(event));
    return element;
  }

  /** The same event as a row of CloudTrail Lake, where some tools write structures as text. */
  public static Map<String, Object> ofLake(Map<String, Object> event) {
    Map<String, Object> row = new HashMap<>(event);
    String time = String.valueOf(event.get("eventTime"));
    row.put("eventTime", time.replace('T', ' ').replace("Z", ".000"));
    for (String name : List.of("userIdentity", "requestParameters", "responseElements")) {
      if (event.get(name) instanceof Map<?, ?> structure) {
        Map<String, Object> members = new LinkedHashMap<>();
        structure.forEach((key, value) -> members.put((String) key, value));
        row.put(name, Json.write(members));
      }
    }
    return row;
  }

  /** With another member, or without it. */
  public static Map<String, Object> with(
      Map<String, Object> event, String name, @Nullable Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(event);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return changed;
  }

  /** With another parameter of the request. */
  public static Map<String, Object> asking(Map<String, Object> event, String name, Object value) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(event.get("requestParameters")))
        .forEach((key, old) -> parameters.put((String) key, old));
    parameters.put(name, value);
    return with(event, "requestParameters", parameters);
  }
}

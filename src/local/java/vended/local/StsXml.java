package vended.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** STS' answers, as the Query protocol writes them. */
final class StsXml {
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

  private StsXml() {}

  static String assumeRole(Issued issued, String requestId) {
    Map<String, @Nullable Object> user = new LinkedHashMap<>();
    user.put("AssumedRoleId", issued.assumedRoleId());
    user.put("Arn", issued.assumedRoleArn());
    Map<String, @Nullable Object> credentials = new LinkedHashMap<>();
    credentials.put("AccessKeyId", issued.accessKeyId());
    credentials.put("SecretAccessKey", issued.secretAccessKey());
    credentials.put("SessionToken", issued.sessionToken());
    credentials.put("Expiration", issued.expiration());
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("SourceIdentity", issued.sourceIdentity());
    result.put("AssumedRoleUser", user);
    result.put("Credentials", credentials);
    result.put("PackedPolicySize", issued.packedPolicySize());
    return response("AssumeRole", result, requestId);
  }

  static String callerIdentity(Principal caller, String requestId) {
    var result =
        Map.of("Arn", caller.arn(), "UserId", caller.userId(), "Account", caller.account());
    return response("GetCallerIdentity", new TreeMap<>(result), requestId);
  }

  static String error(StsException e, String requestId) {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("Type", e.status() < 500 ? "Sender" : "Receiver");
    error.put("Code", e.code());
    error.put("Message", e.text());
    return document("ErrorResponse", element("Error", error) + element("RequestId", requestId));
  }

  private static String response(String action, Map<String, ?> result, String requestId) {
    return document(
        action + "Response",
        element(action + "Result", result)
            + element("ResponseMetadata", Map.of("RequestId", requestId)));
  }

  private static String document(String name, String inside) {
    return "<%s xmlns=\"%s\">%s</%s>%n".formatted(name, NAMESPACE, inside, name);
  }

  private static String element(String name, @Nullable Object content) {
    return switch (content) {
      case null -> "";
      case Map<?, ?> members -> {
        StringBuilder inside = new StringBuilder();
        members.forEach((key, value) -> inside.append(element(String.valueOf(key), value)));
        yield "<%s>%s</%s>".formatted(name, inside, name);
      }
      default -> "<%s>%s</%s>".formatted(name, escape(content.toString()), name);
    };
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

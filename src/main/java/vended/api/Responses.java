package vended.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.api.RequestFields.Form;
import vended.api.admin.AdminAnswers;
import vended.api.vend.FailureText;
import vended.api.vend.ProbeAnswer;
import vended.audit.Reason;
import vended.audit.VendId;
import vended.identity.RoleArn;
import vended.json.Json;
import vended.json.JsonError;
import vended.probe.ProbeResult;
import vended.sts.IssuedCredentials;
import vended.vending.VendResult;

/**
 * The one map from results to HTTP. Errors are problem documents (RFC 9457) that carry the vend's
 * ID; none of them repeats an exception's message.
 */
public final class Responses {
  private static final String NO_STORE = "no-store";

  /** In seconds: time enough for a throttled table or endpoint to recover. */
  private static final String RETRY_AFTER = "2";

  /**
   * Statuses of failures that can pass by themselves. A 502 is none: it stands for what STS, or the
   * client role, refuses each time; an STS that is busy or broken is a 503. A failure that may have
   * changed the allow-list is not retryable, whatever its status: see {@link AdminAnswers}.
   */
  private static final Set<Integer> RETRYABLE = Set.of(429, 500, 503);

  /** A body of many mistakes is not answered by a larger one. */
  private static final int MAX_ERRORS = 20;

  private Responses() {}

  public static APIGatewayProxyResponseEvent vend(VendId vendId, VendResult result) {
    return switch (result) {
      case VendResult.Granted(RoleArn role, IssuedCredentials credentials) ->
          granted(vendId, role, credentials);
      case VendResult.Denied denied -> forbidden(vendId);
      case VendResult.BeyondGrant(List<JsonError> errors) ->
          problem(
              400,
              "Bad Request",
              "beyond_grant",
              "The request goes beyond its grant. Change it as errors says.",
              vendId,
              errors);
      case VendResult.Failed(Reason reason) ->
          problem(502, "Bad Gateway", reason.code(), FailureText.of(reason), vendId, List.of());
      case VendResult.Unavailable unavailable -> unavailable(vendId);
    };
  }

  public static APIGatewayProxyResponseEvent forbidden(VendId vendId) {
    return problem(
        403,
        "Forbidden",
        "forbidden",
        "This caller may not have this. The audit record of this vendId says why; an"
            + " administrator can read it.",
        vendId,
        List.of());
  }

  /** The document that an AWS SDK's credential_process takes, and a few members more. */
  private static APIGatewayProxyResponseEvent granted(
      VendId vendId, RoleArn role, IssuedCredentials credentials) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("Version", 1);
    document.put("AccessKeyId", credentials.accessKeyId());
    document.put("SecretAccessKey", credentials.secretAccessKey());
    document.put("SessionToken", credentials.sessionToken());
    // Whole seconds, as AWS's own: not every reader of this document takes a fraction.
    Instant expiration = credentials.expiration();
    document.put(
        "Expiration",
        expiration == null ? null : expiration.truncatedTo(ChronoUnit.SECONDS).toString());
    document.put("AccountId", role.account());
    document.put("AssumedRoleArn", credentials.assumedRoleArn());
    document.put("VendId", vendId.value());
    return json(200, document);
  }

  public static APIGatewayProxyResponseEvent probe(VendId probeId, ProbeResult result, Form form) {
    return switch (result) {
      case ProbeResult.Probed probed ->
          json(
              200,
              form == Form.TABLE
                  ? ProbeAnswer.table(probeId, probed)
                  : ProbeAnswer.of(probeId, probed));
      case ProbeResult.Refused(Reason reason) ->
          problem(409, "Conflict", reason.code(), ProbeAnswer.refusal(reason), probeId, List.of());
      case ProbeResult.Unavailable unavailable -> unavailable(probeId);
    };
  }

  public static APIGatewayProxyResponseEvent invalid(VendId vendId, Body.Invalid<?> invalid) {
    return invalid.limit() > 0
        ? problem(
            413,
            "Content Too Large",
            "too_large",
            "The body must be %d KiB at most.".formatted(invalid.limit() / 1024),
            vendId,
            List.of())
        : problem(
            400,
            "Bad Request",
            "invalid_body",
            "The body is not valid. Change it as errors says.",
            vendId,
            invalid.errors());
  }

  public static APIGatewayProxyResponseEvent unavailable(VendId vendId) {
    return unavailable(
        vendId,
        "unavailable",
        "Nothing was handed out. Try again after the seconds that Retry-After says.");
  }

  public static APIGatewayProxyResponseEvent unavailable(
      VendId vendId, String code, String detail) {
    APIGatewayProxyResponseEvent answer =
        problem(503, "Service Unavailable", code, detail, vendId, List.of());
    answer.getHeaders().put("Retry-After", RETRY_AFTER);
    return answer;
  }

  public static APIGatewayProxyResponseEvent notFound(VendId vendId) {
    return notFound(
        vendId, "This function answers POST /credentials, POST /roles and POST /probes.");
  }

  public static APIGatewayProxyResponseEvent notFound(VendId vendId, String detail) {
    return problem(404, "Not Found", "not_found", detail, vendId, List.of());
  }

  public static APIGatewayProxyResponseEvent internalError(VendId vendId) {
    return internalError(
        vendId, "A fault of the service. Its log has more under this vendId.", Map.of());
  }

  public static APIGatewayProxyResponseEvent internalError(
      VendId vendId, String detail, Map<String, ?> more) {
    return problem(500, "Internal Server Error", "internal", detail, vendId, List.of(), more);
  }

  public static APIGatewayProxyResponseEvent problem(
      int status, String title, String code, String detail, VendId vendId, List<JsonError> errors) {
    return problem(status, title, code, detail, vendId, errors, Map.of());
  }

  /** A problem with members of its own kind (RFC 9457, section 3.2), which override the others. */
  public static APIGatewayProxyResponseEvent problem(
      int status,
      String title,
      String code,
      String detail,
      VendId vendId,
      List<JsonError> errors,
      Map<String, ?> more) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("type", "about:blank");
    document.put("title", title);
    document.put("status", status);
    document.put("detail", detail);
    document.put("code", code);
    document.put("vendId", vendId.value());
    document.put("retryable", RETRYABLE.contains(status));
    document.put(
        "errors",
        errors.isEmpty() ? null : errors.stream().limit(MAX_ERRORS).map(JsonError::toMap).toList());
    document.putAll(more);
    return answer(status, "application/problem+json", document);
  }

  public static APIGatewayProxyResponseEvent json(int status, Map<String, ?> document) {
    return answer(status, "application/json", document);
  }

  private static APIGatewayProxyResponseEvent answer(
      int status, String contentType, Map<String, ?> document) {
    return raw(status, contentType, Json.write(document));
  }

  /** A body that is text of another form than JSON. */
  public static APIGatewayProxyResponseEvent text(String contentType, String body) {
    return raw(200, contentType, body);
  }

  private static APIGatewayProxyResponseEvent raw(int status, String contentType, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("Cache-Control", NO_STORE);
    headers.put("X-Content-Type-Options", "nosniff");
    return new APIGatewayProxyResponseEvent()
        .withStatusCode(status)
        .withHeaders(headers)
        .withBody(body)
        .withIsBase64Encoded(false);
  }
}

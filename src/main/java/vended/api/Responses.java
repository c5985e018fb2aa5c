package vended.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;
import vended.json.JsonError;

/**
 * Writes problem documents (RFC 9457). Each carries the request's ID; none repeats an exception's
 * message.
 */
public final class Responses {
  /** In seconds: time enough for a throttled table or endpoint to recover. */
  private static final String RETRY_AFTER = "2";

  /**
   * Statuses of failures that can pass by themselves. A 502 is none: it stands for what STS, or the
   * client role, refuses each time; an STS that is busy or broken is a 503. A failure that may have
   * changed the allow-list overrides this with {@code retryable: false}.
   */
  private static final Set<Integer> RETRYABLE = Set.of(429, 500, 503);

  /** A body of many mistakes is not answered by a larger one. */
  private static final int MAX_ERRORS = 20;

  private Responses() {}

  public static Response forbidden(VendId vendId) {
    return forbidden(
        vendId,
        "This caller may not have this. The audit record of this vendId says why; an"
            + " administrator can read it.");
  }

  public static Response forbidden(VendId vendId, String detail) {
    return problem(403, "Forbidden", "forbidden", detail, vendId, List.of());
  }

  public static Response invalid(VendId vendId, Body.Invalid<?> invalid) {
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

  public static Response unavailable(VendId vendId) {
    return unavailable(
        vendId, "Nothing was handed out. Try again after the seconds that Retry-After says.");
  }

  public static Response unavailable(VendId vendId, String detail) {
    return problem(503, "Service Unavailable", "unavailable", detail, vendId, List.of())
        .with("Retry-After", RETRY_AFTER);
  }

  public static Response notFound(VendId vendId, String detail) {
    return problem(404, "Not Found", "not_found", detail, vendId, List.of());
  }

  public static Response internalError(VendId vendId) {
    return internalError(
        vendId, "A fault of the service. Its log has more under this vendId.", Map.of());
  }

  public static Response internalError(VendId vendId, String detail, Map<String, ?> more) {
    return problem(500, "Internal Server Error", "internal", detail, vendId, List.of(), more);
  }

  public static Response problem(
      int status, String title, String code, String detail, VendId vendId, List<JsonError> errors) {
    return problem(status, title, code, detail, vendId, errors, Map.of());
  }

  /** A problem with members of its own kind (RFC 9457, section 3.2), which override the others. */
  public static Response problem(
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
    return Response.json(status, "application/problem+json", document);
  }
}

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
  /** In seconds: enough for a throttled table or endpoint to recover. */
  private static final String RETRY_AFTER = "2";

  /**
   * Failures that may pass by themselves. Not a 502: STS or the client role would refuse again; an
   * STS that is busy or broken is a 503. A failed change that may have been made overrides this
   * with {@code retryable: false}.
   */
  private static final Set<Status> RETRYABLE = Set.of(Status.INTERNAL, Status.UNAVAILABLE);

  /** A body with many errors must not get a larger response. */
  private static final int MAX_ERRORS = 20;

  private Responses() {}

  /** The statuses of problems. */
  public enum Status {
    BAD_REQUEST(400, "Bad Request"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not Found"),
    CONFLICT(409, "Conflict"),
    TOO_LARGE(413, "Content Too Large"),
    INTERNAL(500, "Internal Server Error"),
    BAD_GATEWAY(502, "Bad Gateway"),
    UNAVAILABLE(503, "Service Unavailable");

    private final int code;
    private final String title;

    Status(int code, String title) {
      this.code = code;
      this.title = title;
    }
  }

  public static Response forbidden(VendId vendId) {
    return forbidden(
        vendId,
        "Access denied. The audit record with this vendId has the reason; an administrator or"
            + " auditor of the service can read it (vend why).");
  }

  public static Response forbidden(VendId vendId, String detail) {
    return problem(Status.FORBIDDEN, "forbidden", detail, vendId);
  }

  public static Response invalid(VendId vendId, Body.Invalid<?> invalid) {
    return invalid.limit() > 0
        ? problem(
            Status.TOO_LARGE,
            "too_large",
            "The body must be at most %d KiB.".formatted(invalid.limit() / 1024),
            vendId)
        : invalid(vendId, "invalid_body", "The body is invalid: see errors.", invalid.errors());
  }

  /** A request that must change before it is sent again, with all that is wrong with it. */
  public static Response invalid(
      VendId vendId, String code, String detail, List<JsonError> errors) {
    return problem(
        Status.BAD_REQUEST,
        code,
        detail,
        vendId,
        Map.of("errors", errors.stream().limit(MAX_ERRORS).map(JsonError::toMap).toList()));
  }

  public static Response unavailable(VendId vendId) {
    return unavailable(
        vendId, "No credentials were issued. Try again after the seconds in Retry-After.");
  }

  public static Response unavailable(VendId vendId, String detail) {
    return problem(Status.UNAVAILABLE, "unavailable", detail, vendId)
        .with("Retry-After", RETRY_AFTER);
  }

  public static Response notFound(VendId vendId, String detail) {
    return problem(Status.NOT_FOUND, "not_found", detail, vendId);
  }

  public static Response internalError(VendId vendId) {
    return problem(
        Status.INTERNAL,
        "internal",
        "Internal error. The service's log has details under this vendId.",
        vendId);
  }

  public static Response problem(Status status, String code, String detail, VendId vendId) {
    return problem(status, code, detail, vendId, Map.of());
  }

  /** A problem with members of its own kind (RFC 9457, section 3.2), which override the others. */
  public static Response problem(
      Status status, String code, String detail, VendId vendId, Map<String, ?> more) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("type", "about:blank");
    document.put("title", status.title);
    document.put("status", status.code);
    document.put("detail", detail);
    document.put("code", code);
    document.put("vendId", vendId.value());
    document.put("retryable", RETRYABLE.contains(status));
    document.putAll(more);
    return Response.json(status.code, "application/problem+json", document);
  }
}

package vended.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.json.Json;

/**
 * A response over HTTP. No cache may store it, and no browser may guess its type. {@link #toString}
 * leaves the body out: it may hold credentials.
 *
 * @param headers more than those that every response has
 */
public record Response(int status, Map<String, String> headers, String body) {
  public Response {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("Cache-Control", "no-store");
    all.put("X-Content-Type-Options", "nosniff");
    all.putAll(headers);
    headers = Collections.unmodifiableMap(all);
  }

  /** JSON with status 200. */
  public static Response json(Map<String, ? extends @Nullable Object> document) {
    return json(200, "application/json", document);
  }

  static Response json(
      int status, String contentType, Map<String, ? extends @Nullable Object> document) {
    return new Response(status, Map.of("Content-Type", contentType), Json.write(document));
  }

  /** Text of another type than JSON, with status 200. */
  public static Response text(String contentType, String body) {
    return new Response(200, Map.of("Content-Type", contentType), body);
  }

  /** The same with one more header. */
  public Response with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Response(status, all, body);
  }

  @Override
  public String toString() {
    return "Response[" + status + " " + headers + "]";
  }
}

package vended.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.Requester;
import vended.json.Json;

/**
 * Logs who asked what, where an answer leaves no audit record.
 *
 * @param door names the member that says what was done, so that each door's lines can be found
 */
public record AskerLog(ApiRequest request, String door) {
  /**
   * Logs a request before it is answered.
   *
   * @param more what is asked; it is escaped, so it can't start a line of its own
   */
  public void asked(Map<String, ?> more) {
    request.log(line("asked", more));
  }

  /** Logs a request that is refused. */
  public void refused(String reason) {
    request.warn(line("refused", Map.of("reason", reason)));
  }

  private String line(String what, Map<String, ?> more) {
    Requester requester = request.trace().requester();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put(door, what);
    line.put("vendId", request.vendId().value());
    line.put("route", request.route());
    line.put("caller", requester.caller());
    line.put("callerId", requester.callerId());
    line.put("callerSession", requester.callerSession());
    line.put("callerAccessKeyId", requester.callerAccessKeyId());
    line.put("sourceIp", requester.sourceIp());
    line.put("apiRequestId", requester.apiRequestId());
    line.putAll(more);
    return Json.write(line);
  }
}

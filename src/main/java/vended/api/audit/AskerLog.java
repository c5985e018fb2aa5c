package vended.api.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.api.ApiRequest;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.json.Json;

/**
 * Logs who asked the audit what. The audit itself can't have it, since this function only reads.
 */
record AskerLog(ApiRequest request) {
  /**
   * Logs a question before it is answered.
   *
   * @param more what is asked; it is escaped, so it can't start a line of its own
   */
  void asked(Map<String, ?> more) {
    request.log(line("asked", more));
  }

  /** Logs a request with an identity that is refused. */
  void refused(Reason reason) {
    request.warn(line("refused", Map.of("reason", reason.code())));
  }

  private String line(String what, Map<String, ?> more) {
    Requester requester = request.trace().requester();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("audit", what);
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

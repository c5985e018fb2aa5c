package vended.api.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.api.ApiRequest;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.json.Json;

/**
 * A line of the log for each question: who asked the audit what. It can't stand in the audit
 * itself, to which a function that only reads can't add.
 */
record AskerLog(ApiRequest request) {
  /**
   * A question that is about to be answered.
   *
   * @param more what is asked for; texts are escaped, so none of them can begin a line of its own
   */
  void asked(Map<String, ?> more) {
    request.log(line("asked", more));
  }

  /** A question of somebody who can't be told. */
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

package vended.api.mine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.api.ApiRequest;
import vended.audit.Requester;
import vended.json.Json;

/** Logs who asked for the client's view. Strangers leave this line and a metric, but no row. */
record MineLog(ApiRequest request) {
  /** Logs a client's request before it is answered. */
  void asked(String account) {
    request.log(line("asked", "account", account));
  }

  /** Logs a request that is refused. */
  void refused(String reason) {
    request.warn(line("refused", "reason", reason));
  }

  private String line(String what, String name, String value) {
    Requester requester = request.trace().requester();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("mine", what);
    line.put("vendId", request.vendId().value());
    line.put("route", request.route());
    line.put("caller", requester.caller());
    line.put("callerId", requester.callerId());
    line.put("callerSession", requester.callerSession());
    line.put("callerAccessKeyId", requester.callerAccessKeyId());
    line.put("sourceIp", requester.sourceIp());
    line.put("apiRequestId", requester.apiRequestId());
    line.put(name, value);
    return Json.write(line);
  }
}

package vended.api.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.VendId;
import vended.audit.VendRecord.Requester;
import vended.json.Json;

/**
 * A line of the log for each question: who asked the audit what. It can't stand in the audit
 * itself, to which a function that only reads can't add.
 *
 * @param vendId the question's own ID, which its answer has if it is an error
 * @param route the method and the path
 * @param requester who asks
 */
record AskerLog(Context context, VendId vendId, String route, Requester requester) {
  /**
   * A question that is about to be answered.
   *
   * @param more what is asked for; texts are escaped, so none of them can begin a line of its own
   */
  void asked(Map<String, ?> more) {
    line("asked", more, LogLevel.INFO);
  }

  /** A question of somebody who can't be told. */
  void refused(String reason) {
    line("refused", Map.of("reason", reason), LogLevel.WARN);
  }

  private void line(String what, Map<String, ?> more, LogLevel level) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("audit", what);
    line.put("vendId", vendId.value());
    line.put("route", route);
    line.put("caller", requester.caller());
    line.put("callerId", requester.callerId());
    line.put("callerSession", requester.callerSession());
    line.put("callerAccessKeyId", requester.callerAccessKeyId());
    line.put("sourceIp", requester.sourceIp());
    line.put("apiRequestId", requester.apiRequestId());
    line.putAll(more);
    context.getLogger().log(Json.write(line), level);
  }
}

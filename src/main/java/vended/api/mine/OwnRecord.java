package vended.api.mine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vended.audit.Reason;
import vended.audit.query.AuditFilter;
import vended.audit.query.AuditRow;

/**
 * What a client sees of a record about it: a closed list of members, by what the record is. The
 * docs have the reason for each. A caller is shown only where STS was told of it, so that the
 * client's CloudTrail has it, too: whoever was refused may be another client's caller.
 */
final class OwnRecord {
  private static final List<String> SESSION =
      List.of(
          "caller",
          "durationSeconds",
          "expiration",
          "accessKeyId",
          "sessionName",
          "sourceIdentity");
  private static final List<String> PROBE =
      List.of("passed", "withExternalId", "withoutExternalId", "withWrongExternalId");
  private static final List<String> OWN_CHANGE = List.of("reason", "caller", "after");

  private OwnRecord() {}

  /** The row with what the client may see of it. */
  static AuditRow of(AuditRow row) {
    Map<String, Object> shown = new LinkedHashMap<>();
    put(shown, row, List.of("roleArn"));
    if (row.isIntent()) {
      shown.put("outcome", AuditFilter.OPEN);
    } else {
      put(shown, row, List.of("outcome"));
    }
    switch (row.kind()) {
      case AuditRow.OUTCOME, AuditRow.INTENT -> vend(shown, row);
      case AuditRow.PROBE -> put(shown, row, PROBE);
      case AuditRow.ADMIN, AuditRow.ADMIN_OUTCOME -> change(shown, row);
      // Of a newer version: nobody has decided what a client may see of it.
      default -> shown.clear();
    }
    return new AuditRow(row.vendId(), row.kind(), row.at(), row.shard(), shown);
  }

  private static void vend(Map<String, Object> shown, AuditRow row) {
    if (row.text("sessionName") != null) {
      put(shown, row, SESSION);
      put(shown, row, List.of("reason"));
    } else if (Reason.SUSPENDED_BY_CLIENT.code().equals(row.text("reason"))) {
      put(shown, row, List.of("reason"));
    }
  }

  private static void change(Map<String, Object> shown, AuditRow row) {
    put(shown, row, List.of("action"));
    String action = row.text("action");
    if ("mine/suspend".equals(action)) {
      put(shown, row, OWN_CHANGE);
    } else if (("grants/put".equals(action) || "grants/remove".equals(action))
        && "made".equals(row.text("outcome"))) {
      put(shown, row, List.of("target"));
    }
  }

  private static void put(Map<String, Object> shown, AuditRow row, List<String> names) {
    for (String name : names) {
      Object value = row.attributes().get(name);
      if (value != null) {
        shown.put(name, value);
      }
    }
  }
}

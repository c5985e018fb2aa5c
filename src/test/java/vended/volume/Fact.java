package vended.volume;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that the audit must have.
 *
 * @param at in milliseconds since 1970
 * @param end how it ended; null in an intent and in the record of a probe
 * @param accessKey the issued key
 */
record Fact(
    String vendId,
    String kind,
    long at,
    Sender sender,
    About about,
    @Nullable End end,
    @Nullable String accessKey) {

  /** Who asked, as recorded. */
  record Sender(
      @Nullable String caller,
      @Nullable String callerId,
      @Nullable String session,
      @Nullable String ip,
      @Nullable String agent) {}

  /**
   * What it is about.
   *
   * @param claimed the ticket of the claimed context
   * @param action of a change
   * @param target of a change
   */
  record About(
      @Nullable String role,
      @Nullable String account,
      @Nullable String name,
      @Nullable String claimed,
      @Nullable String action,
      @Nullable String target) {}

  /** Outcome and reason; of a probe, whether it passed. */
  record End(String outcome, @Nullable String reason) {}

  static final String INTENT = "intent";
  static final String OUTCOME = "outcome";
  static final String PROBE = "probe";
  static final String ADMIN = "admin";
  static final String ADMIN_OUTCOME = "admin-outcome";

  boolean is(String wanted) {
    return kind.equals(wanted);
  }

  boolean ended(String outcome) {
    return end != null && end.outcome().equals(outcome);
  }

  /** Whether it is the outcome of a vend that was granted. */
  boolean granted() {
    return is(OUTCOME) && ended("granted");
  }

  String key() {
    return vendId + " " + kind;
  }

  /** The members that every answer must show, by the names of docs/audit.md. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    put(members, "caller", sender.caller());
    put(members, "callerId", sender.callerId());
    put(members, "callerSession", sender.session());
    put(members, "sourceIp", sender.ip());
    put(members, "userAgent", sender.agent());
    put(members, "roleArn", about.role());
    put(members, "clientAccount", about.account());
    put(members, "clientName", about.name());
    put(members, "action", about.action());
    put(members, "target", about.target());
    put(members, "accessKeyId", accessKey);
    if (end != null && is(PROBE)) {
      members.put("passed", end.outcome().equals("passed"));
    } else if (end != null) {
      put(members, "outcome", end.outcome());
      put(members, "reason", end.reason());
    }
    return members;
  }

  private static void put(Map<String, Object> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}

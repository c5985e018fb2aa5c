package vended.api.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.Fields;
import vended.api.RequestFields;
import vended.audit.AuditTime;
import vended.audit.query.AuditCursors;
import vended.audit.query.AuditCursors.Resumed;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.identity.CallerArn;
import vended.json.Json;
import vended.json.JsonObject;

/**
 * A valid body of {@code /audit/caller}.
 *
 * @param caller whose vends
 * @param period at most the last 12 hours, whatever a cursor says
 * @param from where the previous page ended; null for the first page
 * @param selection what the cursor is valid for
 */
record CallerBody(CallerArn caller, Period period, @Nullable Position from, String selection) {
  private static final int MAX_HOURS = 12;

  /** The clock of the function that wrote a record may be a little ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  private static final String CURSOR_RULE =
      "must be the cursor of the previous page, with the same caller and hours";

  /** {@code {caller, hours?, cursor?}}. */
  static Body<CallerBody> read(JsonObject object, AuditCursors cursors, Instant now) {
    Fields fields = new Fields(object);
    CallerArn caller = fields.required("caller", CallerArn::parse, RequestFields.CALLER_RULE);
    int hours = fields.number("hours", MAX_HOURS, MAX_HOURS);
    String selection = caller == null ? "" : selection(caller, hours);
    Period all = new Period(now.minus(Duration.ofHours(hours)), now.plus(AHEAD));
    Resumed resumed =
        fields.optional(
            "cursor",
            text -> cursors.read(text, selection).filter(r -> isWithin(r, all)),
            CURSOR_RULE);
    if (caller == null || !fields.errors().isEmpty()) {
      return Body.Invalid.of(fields.errors());
    }
    return new Body.Valid<>(
        resumed == null
            ? new CallerBody(caller, all, null, selection)
            : resumed(caller, all, resumed, selection));
  }

  private static String selection(CallerArn caller, int hours) {
    Map<String, Object> selection = new LinkedHashMap<>();
    selection.put("route", "/audit/caller");
    selection.put("caller", caller.value());
    selection.put("hours", hours);
    return Json.write(selection);
  }

  /**
   * The period ends where the first page's did and begins where this page's does: anybody can forge
   * a cursor, and a forged one must not reach further back. A page after a long pause is empty.
   */
  private static CallerBody resumed(
      CallerArn caller, Period all, Resumed resumed, String selection) {
    Instant until = resumed.period().until();
    boolean over =
        !until.isAfter(all.since())
            || resumed.position().at().compareTo(AuditTime.at(all.since())) < 0;
    return over
        ? new CallerBody(caller, new Period(all.since(), all.since()), null, selection)
        : new CallerBody(caller, new Period(all.since(), until), resumed.position(), selection);
  }

  private static boolean isWithin(Resumed resumed, Period all) {
    Instant until = resumed.period().until();
    return !until.isAfter(all.until())
        && resumed.position().at().compareTo(AuditTime.at(until)) < 0;
  }

  /** For the log. */
  Map<String, Object> asked() {
    return Map.of("selection", selection, "next", from != null);
  }
}

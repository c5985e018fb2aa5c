package vended.api.mine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.api.Body;
import vended.api.Response;
import vended.api.Responses;
import vended.api.Responses.Status;
import vended.api.mine.MineBodies.Form;
import vended.api.mine.MineBodies.Records;
import vended.audit.AuditTime;
import vended.audit.VendId;
import vended.audit.form.JsonLines;
import vended.audit.form.Table;
import vended.audit.query.AuditRow;
import vended.json.Json;
import vended.json.JsonError;
import vended.mine.ClientView.Doors;
import vended.mine.ListOwnGrants.Page;

/** Maps the results of the clients' routes to HTTP. */
final class MineAnswers {
  private static final String CURSOR = "Vend-Cursor";
  private static final Map<String, Boolean> MAY_STAND = Map.of("retryable", false);

  private MineAnswers() {}

  static Response records(List<AuditRow> rows, @Nullable String cursor, Records asked) {
    List<AuditRow> shown = rows.stream().map(OwnRecord::of).toList();
    return switch (asked.form()) {
      case JSON -> {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("since", AuditTime.at(asked.period().since()));
        document.put("until", AuditTime.at(asked.period().until()));
        document.put("records", shown.stream().map(AuditRow::members).toList());
        document.put("cursor", cursor);
        yield Response.json(document);
      }
      case JSONL -> with(cursor, Response.text("application/jsonl", JsonLines.of(shown)));
      case TABLE -> with(cursor, Response.text("text/plain; charset=utf-8", Table.of(shown)));
    };
  }

  static Response grants(Page page, Doors doors, Form form) {
    @Nullable String cursor = page.last() == null ? null : MineBodies.cursor(page.last());
    return switch (form) {
      case JSON -> {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("grants", page.grants().stream().map(OwnGrants::members).toList());
        document.put("suspension", suspension(doors.own()));
        document.put("suspendedByVendor", doors.byVendor());
        document.put("cursor", cursor);
        yield Response.json(document);
      }
      case JSONL ->
          with(
              cursor,
              Response.text(
                  "application/jsonl",
                  page.grants().stream()
                      .map(one -> Json.write(OwnGrants.members(one)) + "\n")
                      .collect(Collectors.joining())));
      case TABLE ->
          with(cursor, Response.text("text/plain; charset=utf-8", OwnGrants.table(page.grants())));
    };
  }

  private static Response with(@Nullable String cursor, Response response) {
    return cursor == null ? response : response.with(CURSOR, cursor);
  }

  private static Map<String, @Nullable Object> suspension(Row<Stored<Hold>> row) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    switch (row) {
      case Row.Missing<Stored<Hold>> never -> members.put("suspended", false);
      // A corrupt suspension refuses, too.
      case Row.Corrupt<Stored<Hold>> corrupt -> members.put("suspended", true);
      case Row.Found<Stored<Hold>>(Stored<Hold> stored) -> members.putAll(suspension(stored));
    }
    return members;
  }

  private static Map<String, @Nullable Object> suspension(Stored<Hold> stored) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("suspended", stored.value().suspended());
    members.put("version", stored.value().version());
    members.put("updatedAt", stored.updatedAt());
    members.put("updatedBy", stored.updatedBy());
    return members;
  }

  /** Whether a change was made, or may have been. */
  static boolean mayStand(AdminResult<?> result) {
    return result instanceof AdminResult.Done || result instanceof AdminResult.Unsure;
  }

  static Response suspended(VendId vendId, AdminResult<Stored<Hold>> result, boolean byVendor) {
    return switch (result) {
      case AdminResult.Done<Stored<Hold>>(Stored<Hold> stored, boolean recorded) -> {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("suspension", suspension(stored));
        document.put("suspendedByVendor", byVendor);
        document.put("vendId", vendId.value());
        yield Response.json(document);
      }
      case AdminResult.Conflict<Stored<Hold>>(long currentVersion) ->
          Responses.problem(
              Status.CONFLICT,
              "version_conflict",
              "The suspension has another version: somebody in your account changed it. Nothing was"
                  + " changed. Look at /mine/grants (vend mine grants), and send its current"
                  + " version.",
              vendId,
              Map.of("currentVersion", currentVersion));
      case AdminResult.Refused<Stored<Hold>>(Refusal refusal) ->
          refusal == Refusal.CORRUPT_ROW
              ? Responses.problem(
                  Status.CONFLICT,
                  refusal.code(),
                  "The row of your suspension is invalid, so nothing is vended in your account. The"
                      + " vendor must repair it before you can change it.",
                  vendId)
              : forbidden(vendId);
      case AdminResult.Invalid<Stored<Hold>>(List<JsonError> errors) ->
          Responses.invalid(vendId, Body.Invalid.of(errors));
      case AdminResult.Forbidden<Stored<Hold>> forbidden -> forbidden(vendId);
      case AdminResult.Unavailable<Stored<Hold>> unavailable ->
          Responses.unavailable(
              vendId, "Nothing was changed. Try again after the seconds in Retry-After.");
      case AdminResult.Unsure<Stored<Hold>> unsure ->
          Responses.problem(
              Status.UNAVAILABLE,
              "unsure",
              "The change may have been made. Look at /mine/grants before you try again.",
              vendId,
              MAY_STAND);
    };
  }

  static Response faultOfChange(VendId vendId) {
    return Responses.problem(
        Status.INTERNAL,
        "internal",
        "Internal error. The change may have been made: look at /mine/grants before you try again.",
        vendId,
        MAY_STAND);
  }

  static Response forbidden(VendId vendId) {
    return Responses.forbidden(
        vendId,
        "Access denied. These routes are for roles and users of a client's account, other than its"
            + " client roles.");
  }
}

package vended.api.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.access.ListAccess;
import vended.allowlist.read.AllowListEntries.Selection;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.api.Body;
import vended.api.Cursors;
import vended.api.RequestFields;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonObject;

/**
 * A valid body of {@code /access/list}. A cursor only says after which grant the page begins, so a
 * forged one shows nothing that the list does not.
 *
 * @param of which grants
 * @param client the name of the client whose grants alone are listed; null if there is none
 * @param after what the previous page ended with; null for the first page
 * @param limit 1–{@value ListAccess#MAX_GRANTS}
 * @param form the form of the response
 */
record ListBody(
    Selection of, @Nullable String client, @Nullable GrantKey after, int limit, Form form) {
  private static final int USUAL_PAGE = 100;
  private static final int MAX_NAME = 128;
  private static final List<String> SELECTIONS = List.of("caller", "roleArn", "account", "client");
  private static final String CURSOR_RULE =
      "must be the cursor of the previous page, with the same selection";

  /** The forms of responses. */
  enum Form {
    JSON,
    JSONL,
    CSV,
    TABLE
  }

  /** {@code {caller? | roleArn? | account? | client?, limit?, cursor?, format?}}. */
  static Body<ListBody> read(JsonObject object) {
    RequestFields body = new RequestFields(object, List.of());
    Selection of = selection(body);
    String client =
        body.optionalText(
            "client", text -> RequestFields.isPlain(text, MAX_NAME), "must be a client's name");
    GrantKey after =
        body.optional(
            "cursor",
            text ->
                Cursors.decode(text)
                    .flatMap(ListBody::key)
                    .filter(key -> client != null || isOf(of, key)),
            CURSOR_RULE);
    int limit = body.number("limit", ListAccess.MAX_GRANTS, USUAL_PAGE);
    Form form =
        body.optional(
            "format",
            text -> RequestFields.word(Form.values(), text),
            "must be json, jsonl, csv or table");
    return body.body(() -> new ListBody(of, client, after, limit, form == null ? Form.JSON : form));
  }

  private static Selection selection(RequestFields body) {
    CallerArn caller = body.optionalCaller();
    RoleArn role = body.optionalRole();
    String account = body.isThere("account") ? body.account() : null;
    List<String> given = SELECTIONS.stream().filter(body::isThere).toList();
    if (given.size() > 1) {
      body.error(given.get(1), "must not be combined with " + given.getFirst());
    }
    if (account != null) {
      return new Selection.OfAccount(account);
    }
    return new Selection.Listed(
        caller != null
            ? new AllowListPages.Selection.OfCaller(caller)
            : role != null
                ? new AllowListPages.Selection.OfRole(role)
                : new AllowListPages.Selection.All());
  }

  /** A page of one account's grants can end at any grant that was read. */
  private static boolean isOf(Selection of, GrantKey key) {
    return switch (of) {
      case Selection.Listed(AllowListPages.Selection selection) -> selection.has(key);
      case Selection.OfAccount account -> true;
    };
  }

  /** The cursor of the page after a grant. */
  static String cursor(GrantKey key) {
    // No ARN has a space.
    return Cursors.encode(key.caller() + " " + key.role());
  }

  private static Optional<GrantKey> key(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    Optional<RoleArn> role = RoleArn.parse(text.substring(space + 1));
    return CallerArn.canonical(text.substring(0, space))
        .flatMap(caller -> role.map(which -> new GrantKey(caller, which)));
  }

  /** For the log. */
  Map<String, ?> asked() {
    Map<String, Object> asked = new LinkedHashMap<>();
    switch (of) {
      case Selection.OfAccount(String account) -> asked.put("account", account);
      case Selection.Listed(AllowListPages.Selection.OfCaller(CallerArn caller)) ->
          asked.put("of", caller.value());
      case Selection.Listed(AllowListPages.Selection.OfRole(RoleArn role)) ->
          asked.put("roleArn", role.value());
      case Selection.Listed(AllowListPages.Selection.All all) -> asked.put("of", "all");
    }
    if (client != null) {
      asked.put("client", client);
    }
    asked.put("next", after != null);
    return asked;
  }
}

package vended.api.admin;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Selection;
import vended.api.Body;
import vended.api.Cursors;
import vended.api.RequestFields;
import vended.api.RequestFields.Asked;
import vended.api.RequestFields.Form;
import vended.identity.AccountId;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonObject;

/**
 * The bodies of {@code /clients/list} and {@code /grants/list}. A cursor only says after which row
 * of the requested list the page begins, so a forged one shows nothing that the list does not.
 */
final class ListBodies {
  private static final int MAX_PAGE = 200;
  private static final int USUAL_PAGE = 100;
  private static final String CURSOR_RULE =
      "must be the cursor of the previous page, with the same selection";

  private ListBodies() {}

  /**
   * A page of the clients.
   *
   * @param account only this one; null for all
   * @param after the account that the previous page ended with
   * @param limit 1–200
   */
  record Clients(@Nullable String account, @Nullable String after, int limit) {}

  /**
   * A page of the grants.
   *
   * @param of which grants
   * @param after what the previous page ended with
   * @param limit 1–200
   */
  record Grants(Selection of, @Nullable GrantKey after, int limit) {}

  /** {@code {account? | cursor?, limit?}}. */
  static Body<Asked<Clients>> clients(JsonObject object) {
    RequestFields body = new RequestFields(object);
    String after =
        body.optional(
            "cursor", text -> Cursors.decode(text).filter(AccountId::matches), CURSOR_RULE);
    int limit = body.number("limit", MAX_PAGE, USUAL_PAGE);
    String account = body.isThere("account") ? body.account() : null;
    if (account != null && body.isThere("cursor")) {
      body.error("cursor", "must not be combined with account");
    }
    return body.asked(() -> new Clients(account, after, limit));
  }

  /** {@code {caller? | roleArn?, cursor?, limit?}}. */
  static Body<Asked<Grants>> grants(JsonObject object) {
    RequestFields body = new RequestFields(object, List.of(Form.JSON, Form.TABLE, Form.LINES));
    CallerArn caller = body.optionalCaller();
    RoleArn role = body.optionalRole();
    if (body.isThere("caller") && body.isThere("roleArn")) {
      body.error("roleArn", "must not be combined with caller");
    }
    Selection of =
        caller != null
            ? new Selection.OfCaller(caller)
            : role != null ? new Selection.OfRole(role) : new Selection.All();
    GrantKey after =
        body.optional(
            "cursor",
            text -> Cursors.decode(text).flatMap(ListBodies::key).filter(of::has),
            CURSOR_RULE);
    int limit = body.number("limit", MAX_PAGE, USUAL_PAGE);
    return body.asked(() -> new Grants(of, after, limit));
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
}

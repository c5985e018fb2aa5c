package vended.api.vend;

import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.Cursors;
import vended.api.Fields;
import vended.identity.RoleArn;
import vended.json.JsonObject;
import vended.vending.ListRoles;

/**
 * A valid body of {@code /roles}.
 *
 * @param after what the previous page ended with; null for the first page
 * @param limit 1–1,000
 */
record RolesBody(@Nullable String after, int limit) {
  /** {@code {limit?, cursor?}}. */
  static Body<RolesBody> read(JsonObject object) {
    Fields fields = new Fields(object);
    int limit = fields.number("limit", ListRoles.MAX_GRANTS, ListRoles.MAX_GRANTS);
    // A role that the previous page showed. A forged cursor only moves among the caller's own
    // grants.
    String after =
        fields.optional(
            "cursor",
            text -> Cursors.decode(text).filter(last -> RoleArn.parse(last).isPresent()),
            "must be the cursor of the previous page");
    return fields.body(() -> new RolesBody(after, limit));
  }
}

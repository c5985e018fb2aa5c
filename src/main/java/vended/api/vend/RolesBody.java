package vended.api.vend;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.api.Body;
import vended.api.Cursors;
import vended.api.Fields;
import vended.identity.RoleArn;
import vended.json.JsonError;
import vended.json.JsonObject;
import vended.vending.ListRoles;

/**
 * A valid body of {@code /roles}.
 *
 * @param after what the page before ended with; null for the first page
 * @param limit 1–1,000
 */
record RolesBody(@Nullable String after, int limit) {
  /** {@code {limit?, cursor?}}. */
  static Body<RolesBody> read(JsonObject object) {
    Fields fields = new Fields(object);
    Integer limit =
        fields.optionalInteger(
            "limit", 1, ListRoles.MAX_GRANTS, "must be a whole number from 1 to 1000");
    // It names a role that the page before showed. A forged one moves to another place among the
    // caller's own grants, and shows nothing more.
    String after =
        fields.optional(
            "cursor",
            text -> Cursors.decode(text).filter(RolesBody::isRole).orElse(null),
            "must be the cursor that the page before answered");
    List<JsonError> errors = fields.errors();
    return errors.isEmpty()
        ? new Body.Valid<>(new RolesBody(after, limit == null ? ListRoles.MAX_GRANTS : limit))
        : Body.Invalid.of(errors);
  }

  private static boolean isRole(String text) {
    return RoleArn.parse(text).isPresent();
  }
}

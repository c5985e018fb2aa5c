package vended.api.mine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.GrantMembers;
import vended.allowlist.Row;
import vended.mine.ListOwnGrants.OwnGrant;
import vended.text.Columns;

/** What a client sees of grants of its roles: a closed list of members. */
final class OwnGrants {
  private static final List<String> MEMBERS =
      List.of(
          "callerId",
          "unpinned",
          "maxDurationSeconds",
          "policy",
          "policyArns",
          "tags",
          "notBefore",
          "expiresAt",
          "disabled");

  private OwnGrants() {}

  static Map<String, @Nullable Object> members(OwnGrant one) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("caller", one.key().caller().value());
    members.put("roleArn", one.key().role().value());
    members.put("vendedNow", one.vendedNow());
    if (one.grant() instanceof Row.Found<Grant>(Grant grant)) {
      Map<String, @Nullable Object> all = GrantMembers.of(grant);
      MEMBERS.forEach(name -> members.put(name, all.get(name)));
    }
    return members;
  }

  static String table(List<OwnGrant> grants) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("CALLER", "ROLE", "NOW", "UNTIL", "PINNED TO"));
    grants.forEach(one -> lines.add(line(one)));
    return Columns.of(lines);
  }

  private static List<String> line(OwnGrant one) {
    @Nullable Grant grant = one.grant() instanceof Row.Found<Grant>(Grant found) ? found : null;
    String end = grant == null || grant.expiresAt() == null ? "-" : grant.expiresAt().toString();
    String id =
        grant == null ? "corrupt" : grant.callerId() == null ? "UNPINNED" : grant.callerId();
    return List.of(
        one.key().caller().value(),
        one.key().role().value(),
        one.vendedNow() ? "vended" : "refused",
        end,
        id);
  }
}

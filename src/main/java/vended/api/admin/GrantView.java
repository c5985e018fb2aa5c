package vended.api.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.admin.change.GrantsOfRoles.Affected;
import vended.allowlist.Grant;
import vended.allowlist.GrantMembers;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Page;
import vended.identity.RoleArn;

/** Shows grants to administrators. */
final class GrantView {
  private GrantView() {}

  static View one(Stored<Grant> stored) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("grant", GrantMembers.of(stored));
    return View.of(members);
  }

  /** Adds the grants that a change affects, in short, if there are any. */
  static void putAffected(Map<String, @Nullable Object> members, String name, Affected affected) {
    if (!affected.grants().isEmpty()) {
      members.put(name, affected.grants().stream().map(GrantView::brief).toList());
    }
    if (affected.more()) {
      members.put("moreGrants", true);
    }
  }

  private static Map<String, @Nullable Object> brief(Grant grant) {
    Map<String, @Nullable Object> members = GrantMembers.key(grant);
    members.put("disabled", grant.disabled() ? true : null);
    members.put("expiresAt", grant.expiresAt() == null ? null : grant.expiresAt().toString());
    return members;
  }

  /**
   * A page of grants.
   *
   * @param dangling those of their roles that no client has
   */
  static View page(Page<Grant, GrantKey> page, Set<RoleArn> dangling) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("CALLER", "ROLE", "PINNED TO", "SECONDS", "STATE", "EXPIRES", "VERSION"));
    page.rows().forEach(grant -> table.add(line(grant.value(), dangling)));
    String cursor = page.last() == null ? null : ListBodies.cursor(page.last());
    var grants = page.rows().stream().map(grant -> listed(grant, dangling)).toList();
    var lines = page.rows().stream().map(grant -> GrantLine.of(grant.value())).toList();
    return View.page("grants", page, grants, cursor, table, lines);
  }

  private static Map<String, @Nullable Object> listed(Stored<Grant> stored, Set<RoleArn> dangling) {
    Map<String, @Nullable Object> members = GrantMembers.of(stored);
    members.put("dangling", dangling.contains(stored.value().role()) ? true : null);
    return members;
  }

  private static List<String> line(Grant grant, Set<RoleArn> dangling) {
    String state = grant.disabled() ? "disabled" : "enabled";
    return List.of(
        grant.caller().value(),
        grant.role().value(),
        grant.callerId() == null ? "UNPINNED" : grant.callerId(),
        Integer.toString(grant.maxDurationSeconds()),
        dangling.contains(grant.role()) ? state + ", dangling" : state,
        grant.expiresAt() == null ? "never" : grant.expiresAt().toString(),
        Long.toString(grant.version()));
  }
}

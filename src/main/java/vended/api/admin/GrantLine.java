package vended.api.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.GrantMembers;
import vended.json.Json;

/**
 * A grant as one line of a file: only what an administrator sets, always written in the same way,
 * so that files can be compared line by line.
 */
final class GrantLine {
  private GrantLine() {}

  /** The grant as JSON in ASCII, as a body of {@code /grants/put} without a version. */
  static String of(Grant grant) {
    StringBuilder line = new StringBuilder();
    for (char character : Json.write(members(grant)).toCharArray()) {
      if (character < 0x7f) {
        line.append(character);
      } else {
        line.append("\\u%04x".formatted((int) character));
      }
    }
    return line.toString();
  }

  /**
   * The differences, member by member, for people.
   *
   * @param before null for a new grant
   */
  static List<String> differences(@Nullable Grant before, Grant after) {
    Map<String, @Nullable Object> old = before == null ? Map.of() : members(before);
    Map<String, @Nullable Object> next = members(after);
    var names = new TreeSet<String>();
    names.addAll(old.keySet());
    names.addAll(next.keySet());
    // They identify the grant and are shown elsewhere.
    names.removeAll(List.of("caller", "roleArn"));
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Object from = old.get(name);
      Object to = next.get(name);
      if (before == null && to != null) {
        differences.add("%s: %s".formatted(name, Json.text(to)));
      } else if (!Objects.equals(from, to)) {
        differences.add("%s: %s -> %s".formatted(name, shown(from), shown(to)));
      }
    }
    return differences;
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "(none)" : Json.text(value);
  }

  private static Map<String, @Nullable Object> members(Grant grant) {
    Map<String, @Nullable Object> members = GrantMembers.key(grant);
    members.putAll(GrantMembers.of(grant));
    members.put("disabled", grant.disabled() ? true : null);
    return members;
  }
}

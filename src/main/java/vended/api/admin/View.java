package vended.api.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.read.AllowListPages.Page;
import vended.audit.VendId;
import vended.text.Columns;

/**
 * A response in all of its forms.
 *
 * @param members as JSON
 * @param table for people: rows of cells, the head first
 * @param lines a string for each row; empty if the route has no such form
 */
record View(Map<String, @Nullable Object> members, List<List<String>> table, List<String> lines) {
  /** The member with the ID of a change's audit record. */
  static final String VEND_ID = "vendId";

  View {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    table = List.copyOf(table);
    lines = List.copyOf(lines);
  }

  /** Without lines. */
  View(Map<String, @Nullable Object> members, List<List<String>> table) {
    this(members, table, List.of());
  }

  /** For one object: a line for each member. */
  static View of(Map<String, @Nullable Object> members) {
    List<List<String>> lines = new ArrayList<>();
    flatten("", members, lines);
    return new View(members, lines);
  }

  /**
   * For a page of a list.
   *
   * @param name what the rows are
   * @param page its corrupt rows are listed in the table as well
   * @param rows the others, as JSON
   * @param cursor where the next page starts; null on the last one
   * @param cells the table, its head first
   * @param lines a string for each row
   */
  static View page(
      String name,
      Page<?, ?> page,
      List<Map<String, @Nullable Object>> rows,
      @Nullable String cursor,
      List<List<String>> cells,
      List<String> lines) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put(name, rows);
    members.put("corrupt", page.corrupt().isEmpty() ? null : page.corrupt());
    members.put("cursor", cursor);
    List<List<String>> table = new ArrayList<>(cells);
    page.corrupt().forEach(fault -> table.add(List.of("corrupt", fault)));
    return new View(members, table, lines);
  }

  /** The same with the ID of the change's audit record. */
  View recordedAs(VendId vendId) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>(members);
    named.put(VEND_ID, vendId.value());
    List<List<String>> rows = new ArrayList<>(table);
    rows.add(List.of(VEND_ID, vendId.value()));
    return new View(named, rows, lines);
  }

  private static void flatten(String prefix, Map<?, ?> members, List<List<String>> lines) {
    members.forEach(
        (name, value) -> {
          String place = prefix.isEmpty() ? String.valueOf(name) : prefix + "." + name;
          switch (value) {
            case null -> {}
            case Map<?, ?> map -> flatten(place, map, lines);
            case List<?> list -> {
              int number = 0;
              for (Object item : list) {
                flatten(place, Map.of(++number, item), lines);
              }
            }
            default -> lines.add(List.of(place, value.toString()));
          }
        });
  }

  /** The table as text. */
  String text() {
    return Columns.of(table);
  }
}

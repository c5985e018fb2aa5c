package vended.api.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.access.GrantAccess;
import vended.access.ListAccess;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.GrantMembers;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.api.Response;
import vended.api.access.ListBody.Form;
import vended.audit.AuditTime;
import vended.audit.query.LastUse;
import vended.json.Json;
import vended.text.Columns;
import vended.text.CsvText;
import vended.vending.Obstacle;

/** Shows what grants are worth now. */
final class AccessView {
  private static final String CURSOR = "Vend-Cursor";

  /** The members of a grant, in the order of the CSV's columns. */
  private static final List<String> COLUMNS =
      List.of(
          """
          caller clientAccount clientName roleArn vendedNow reasons lastUse unpinned callerId
          maxDurationSeconds policy policyArns notBefore expiresAt disabled description version
          createdAt createdBy updatedAt updatedBy fault\
          """
              .split("\\s+"));

  private AccessView() {}

  static Response page(ListAccess.Page page, Form form) {
    List<Map<String, @Nullable Object>> grants =
        page.grants().stream().map(AccessView::members).toList();
    String cursor = page.last() == null ? null : ListBody.cursor(page.last());
    Response answer =
        switch (form) {
          case JSON -> json(page, grants, cursor);
          case JSONL -> Response.text("application/jsonl", lines(grants));
          case CSV -> Response.text("text/csv; charset=utf-8", csv(grants));
          case TABLE -> Response.text("text/plain; charset=utf-8", table(page));
        };
    return cursor != null && form != Form.JSON ? answer.with(CURSOR, cursor) : answer;
  }

  private static Response json(
      ListAccess.Page page, List<Map<String, @Nullable Object>> grants, @Nullable String cursor) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("at", AuditTime.at(page.at()));
    document.put("vending", Vending.state(page.vending()));
    document.put("grants", grants);
    document.put("corrupt", page.unusable().isEmpty() ? null : page.unusable());
    document.put("cursor", cursor);
    return Response.json(document);
  }

  private static Map<String, @Nullable Object> members(GrantAccess access) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("caller", access.key().caller().value());
    members.put("roleArn", access.key().role().value());
    members.put("clientAccount", access.key().role().account());
    members.put("clientName", clientName(access));
    members.put("vendedNow", access.vendedNow());
    members.put("reasons", access.obstacles().stream().map(Obstacle::code).toList());
    switch (access.lastUse()) {
      case LastUse.Use.Used(Instant at) -> members.put("lastUse", AuditTime.at(at));
      case LastUse.Use.Never never -> members.put("neverUsed", true);
      case LastUse.Use.NotSince(Instant since) -> members.put("notUsedSince", AuditTime.at(since));
    }
    switch (access.grant()) {
      case Row.Found<Stored<Grant>>(Stored<Grant> stored) -> {
        Map<String, @Nullable Object> grant = GrantMembers.of(stored);
        COLUMNS.stream().filter(grant::containsKey).forEach(c -> members.put(c, grant.get(c)));
      }
      case Row.Corrupt<Stored<Grant>>(String fault) -> members.put("fault", fault);
      case Row.Missing<Stored<Grant>> none -> {}
    }
    return members;
  }

  private static @Nullable String clientName(GrantAccess access) {
    return access.client() instanceof Row.Found<Client>(Client client) ? client.name() : null;
  }

  private static String lines(List<Map<String, @Nullable Object>> grants) {
    return grants.stream().map(grant -> Json.write(grant) + "\n").collect(Collectors.joining());
  }

  private static String csv(List<Map<String, @Nullable Object>> grants) {
    StringBuilder text = new StringBuilder(CsvText.line(COLUMNS));
    for (Map<String, @Nullable Object> grant : grants) {
      text.append(CsvText.line(COLUMNS.stream().map(name -> cell(grant, name)).toList()));
    }
    return text.toString();
  }

  private static String cell(Map<String, @Nullable Object> grant, String name) {
    return name.equals("lastUse") ? lastUse(grant) : cell(grant.get(name));
  }

  private static String lastUse(Map<String, @Nullable Object> grant) {
    Object since = grant.get("notUsedSince");
    return grant.get("neverUsed") != null
        ? "never"
        : since != null ? "not since " + since : cell(grant.get("lastUse"));
  }

  private static String cell(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case List<?> items ->
          CsvText.plain(items.stream().map(String::valueOf).collect(Collectors.joining(" ")));
      default -> CsvText.plain(value.toString());
    };
  }

  private static String table(ListAccess.Page page) {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("CALLER", "CLIENT", "ROLE", "VENDED NOW", "LAST USE", "PINNED TO"));
    page.grants().forEach(access -> table.add(line(access)));
    page.unusable().forEach(fault -> table.add(List.of("corrupt", fault)));
    return Columns.of(table);
  }

  private static List<String> line(GrantAccess access) {
    String name = clientName(access);
    String pin =
        access.grant() instanceof Row.Found<Stored<Grant>>(Stored<Grant> stored)
            ? stored.value().callerId() == null ? "UNPINNED" : stored.value().callerId()
            : "-";
    return List.of(
        access.key().caller().value(),
        name == null ? "-" : name,
        access.key().role().value(),
        access.vendedNow()
            ? "yes"
            : "no: "
                + access.obstacles().stream().map(Obstacle::code).collect(Collectors.joining(", ")),
        lastUse(members(access)),
        pin);
  }
}

package vended;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.dynamo.Generator;
import vended.local.AllowListRows;
import vended.local.Items;
import vended.local.LocalStack;

/** An audit and an allow-list to make reports of. */
final class ReportData {
  static final Instant END = Instant.parse("2026-03-01T12:34:56.789Z");
  static final Instant NOW = END.plusSeconds(600);
  static final Duration OVER = Duration.ofDays(3);

  /** Everything that could break a page. */
  static final String HOSTILE =
      "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&amp;&\u202Eevil"
          + "\u2066\u200B\u0007 😀 שלום {{7*7}} ${7*7}";

  /** The same text, as the page must show it. */
  static final String HARMLESS =
      HOSTILE
          .replace("\u202E", "⟦U+202E⟧")
          .replace("\u2066", "⟦U+2066⟧")
          .replace("\u200B", "⟦U+200B⟧")
          .replace("\u0007", "⟦U+0007⟧");

  private ReportData() {}

  static List<Map<String, AttributeValue>> rows(int count) {
    return Generator.rows(17, count, END, OVER);
  }

  /** A realistic audit: each caller has few roles. Some rows are hostile. */
  static List<Map<String, AttributeValue>> likely(int count) {
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    for (Map<String, AttributeValue> row : rows(count)) {
      Map<String, AttributeValue> likely = new HashMap<>(row);
      int caller = Integer.parseInt(Items.text(row, "caller").replaceFirst(".*Builder", ""));
      int role = (caller * 7 + Math.floorMod(Items.text(row, "pk").hashCode(), 6) / 3) % 60;
      likely.put("roleArn", text(Generator.role(role)));
      likely.put("clientAccount", text(Generator.account(role % Generator.CLIENTS)));
      rows.add(rows.size() % 50 == 0 ? hostile(likely) : likely);
    }
    return rows;
  }

  /** A row whose texts are all hostile, whether or not a caller can choose them. */
  static Map<String, AttributeValue> hostile(Map<String, AttributeValue> row) {
    Map<String, AttributeValue> hostile = new HashMap<>(row);
    for (String name :
        List.of(
            "userAgent",
            "callerSession",
            "sessionName",
            "clientName",
            "caller",
            "roleArn",
            "reason",
            "sourceIp",
            "apiRequestId",
            "action",
            "target",
            "before",
            "accessKeyId")) {
      hostile.put(name, text(HOSTILE));
    }
    hostile.put("unheardOf", text(HOSTILE));
    hostile.put(
        "claimed",
        AttributeValue.fromM(Map.of(HOSTILE, text(HOSTILE), "long", text("w".repeat(9000)))));
    return hostile;
  }

  /** Grants of each kind, for roles of the generated audit. */
  static void seedAllowList(LocalStack stack) {
    Instant old = NOW.minus(Duration.ofDays(200));
    List<Map<String, AttributeValue>> grants = new ArrayList<>();
    Map<String, AttributeValue> unpinned = grant(1, Generator.role(1), old);
    unpinned.remove("callerId");
    unpinned.put("unpinned", AttributeValue.fromBool(true));
    unpinned.put("description", text(HOSTILE));
    grants.add(unpinned);
    grants.add(ends(grant(2, Generator.role(2), old), NOW.minusSeconds(3600)));
    grants.add(ends(grant(3, Generator.role(3), old), NOW.plus(Duration.ofDays(3))));
    grants.add(ends(grant(3, Generator.role(4), old), NOW.plus(Duration.ofDays(30))));
    // Nobody ever used this role.
    grants.add(grant(0, "arn:aws:iam::444455556601:role/vended/idle", old));
    grants.add(grant(1, "arn:aws:iam::444455556601:role/vended/young", NOW.minusSeconds(60)));
    Map<String, AttributeValue> disabled =
        grant(1, "arn:aws:iam::444455556601:role/vended/off", old);
    disabled.put("disabled", AttributeValue.fromBool(true));
    grants.add(disabled);
    Map<String, AttributeValue> corrupt =
        grant(5, "arn:aws:iam::444455556601:role/vended/corrupt", old);
    corrupt.put("expiresAT", AttributeValue.fromN("1"));
    grants.add(corrupt);
    Map<String, AttributeValue> suspended =
        AllowListRows.client(
            "444455556601", HOSTILE, "an-external-id-of-16", Generator.role(1), old);
    suspended.put("suspended", AttributeValue.fromBool(true));
    grants.add(suspended);
    Map<String, AttributeValue> drifted =
        AllowListRows.client(
            "444455556602", "Drifted", "an-external-id-of-17", Generator.role(2), old);
    drifted.put(
        "roles",
        AttributeValue.fromM(
            Map.of(
                Generator.role(2),
                AttributeValue.fromM(
                    Map.of(
                        "probeId", text("01JZ0000000000000000000000"),
                        "drift", text("01KZ0000000000000000000000"))))));
    grants.add(drifted);
    grants.forEach(row -> put(stack, stack.allowListTable(), row));
  }

  static void put(LocalStack stack, String table, Map<String, AttributeValue> row) {
    stack.tables().client().putItem(call -> call.tableName(table).item(row));
  }

  static Map<String, AttributeValue> grant(int caller, String role, Instant at) {
    return AllowListRows.grant(
        Generator.caller(caller), "AROAEXAMPLEBUILDER" + (100 + caller), role, at);
  }

  private static Map<String, AttributeValue> ends(Map<String, AttributeValue> grant, Instant at) {
    grant.put("expiresAt", AttributeValue.fromN(Long.toString(at.getEpochSecond())));
    return grant;
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }
}

package vended.fuzz.script;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vended.Trail;
import vended.audit.AuditException;
import vended.audit.query.MemoryAudit;
import vended.audit.query.Period;
import vended.audit.reconcile.Finding;
import vended.audit.reconcile.Finding.FindingKind;
import vended.audit.reconcile.ReconcileAudit;
import vended.audit.reconcile.Reconciliation;
import vended.audit.reconcile.VendorRole;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.identity.RoleArn;
import vended.json.Json;
import vended.json.JsonObject;

/**
 * CloudTrail's log files, which the script reduces to what the service reads: the service finds the
 * same calls in what is sent as in the files, or an event that can't be read in the place of one.
 * So no event hides another, and none is made up.
 */
public final class ScriptEventsTarget implements Target {
  private static final Instant HOUR = Instant.parse("2026-03-01T10:00:00Z");
  private static final Period PERIOD = new Period(HOUR, HOUR.plusSeconds(3600));
  private static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  private static final MemoryAudit EMPTY = new MemoryAudit(List.of(), new Random(1));
  private static final ReconcileAudit RECONCILE =
      new ReconcileAudit(
          EMPTY,
          EMPTY,
          Clock.fixed(HOUR.plus(Duration.ofDays(1)), ZoneOffset.UTC),
          new VendorRole(
              new RoleArn("arn:aws:iam::111122223333:role/vended-vendor"),
              "AROAVENDEDVENDOREXAMP"));

  private final List<String> shell;
  private @Nullable VendShell vend;

  /** In a shell. */
  public ScriptEventsTarget(List<String> shell) {
    this.shell = List.copyOf(shell);
  }

  @Override
  public void check(byte[] input) throws Exception {
    if (vend == null) {
      vend =
          new VendShell(
              shell,
              "vend-audit",
              """
              events)
                printf '' >status
                { plain; printf '\\003g'; } |
                  awk -v STATUS=status "$EVENT_READER$EVENT_STRIPPER$UTF8_READER"
                ;;
              """);
    }
    String text = "{\"Records\":[" + new Data(input).rest() + "]}";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String printed = ScriptJsonTarget.utf8(vend.run("events", bytes));
    List<Object> sent = new ArrayList<>();
    for (String line : printed.lines().toList()) {
      String[] columns = line.split("\t", -1);
      Target.check(columns.length == 5, "five columns", text, line);
      Target.check(
          JsonObject.readForeign(columns[4]) instanceof JsonObject.Read, "JSON", text, line);
      if (JsonObject.readForeign(columns[4]) instanceof JsonObject.Read(JsonObject event)) {
        sent.add(event.members());
      }
    }
    if (JsonObject.readForeign(new String(bytes, StandardCharsets.UTF_8))
            instanceof JsonObject.Read(JsonObject file)
        && file.doubled().isEmpty()
        && file.members().get("Records") instanceof List<?> events) {
      Set<String> found = calls(sent);
      Set<String> expected = calls(events);
      Target.check(expected.containsAll(found), "no call is made up", text, printed);
      expected.removeAll(found);
      Target.check(expected.size() <= unreadable(sent), "no call is lost", text, printed);
    }
  }

  /** What the script can't read member by member is sent as text, which the service reports. */
  private static long unreadable(List<?> events) throws AuditException {
    return RECONCILE.reconcile(PERIOD, events) instanceof Reconciliation.Judged judged
        ? judged.findings().stream()
            .filter(finding -> finding.kind() == FindingKind.EVENT_UNREADABLE)
            .count()
        : 0;
  }

  /** The calls that the service finds, apart from events that it can't read. */
  private static Set<String> calls(List<?> events) throws AuditException {
    Set<String> calls = new TreeSet<>();
    if (RECONCILE.reconcile(PERIOD, events) instanceof Reconciliation.Judged judged) {
      for (Finding finding : judged.findings()) {
        if (finding.kind() != FindingKind.EVENT_UNREADABLE) {
          calls.add(Json.write(finding.members()));
        }
      }
    }
    return calls;
  }

  @Override
  public boolean isJava() {
    return false;
  }

  @Override
  public List<String> seeds() {
    Instant at = HOUR.plusSeconds(5);
    Map<String, Object> issued =
        Trail.issued(at, ROLE, "Deployer@01JZ0000000000000000000000", "ASIAEXAMPLE000000001");
    return List.of(
        Json.write(issued),
        Json.write(Trail.refused(at, ROLE, "x")) + "," + Json.write(Trail.nameless(at, ROLE)),
        Json.write(Trail.lookedUp(issued)),
        Json.write(Trail.ofLake(issued)),
        Json.write(Trail.with(issued, "eventName", "GetCallerIdentity")) + ",{},[],null,\"x\",1");
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"eventName\":\"AssumeRole\",",
        "\"errorCode\":\"AccessDenied\",",
        "\"CloudTrailEvent\":",
        "\"requestParameters\":",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\\"",
        "\\u0041",
        "\\ud83d",
        "null",
        "\"\"",
        "2026-03-01 10:00:01",
        "AssumeRole",
        "\t",
        "\n",
        "\0",
        "\u0003g",
        "\u0003b",
        "$(touch x)",
        "`touch x`",
        "%s",
        "&",
        "\u202e",
        "\"a\":1,",
        " ");
  }
}

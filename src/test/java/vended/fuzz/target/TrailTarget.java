package vended.fuzz.target;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.Trail;
import vended.audit.AuditException;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.Period;
import vended.audit.query.Position;
import vended.audit.query.Slice;
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
 * CloudTrail's events: every event is counted, judged or ignored, none is matched where the audit
 * is empty, and no other event hides the one that nothing explains.
 */
public final class TrailTarget implements Target {
  private static final Instant HOUR = Instant.parse("2026-03-01T10:00:00Z");
  private static final Period PERIOD = new Period(HOUR, HOUR.plusSeconds(3600));
  private static final VendorRole VENDOR =
      new VendorRole(
          new RoleArn("arn:aws:iam::111122223333:role/vended-vendor"), "AROAVENDEDVENDOREXAMP");
  private static final Map<String, Object> STOLEN =
      Trail.issued(HOUR.plusSeconds(60), Rows.ROLE.value(), "stolen", "ASIAEXAMPLESTOLEN001");

  /** An audit without a record. */
  private static final class Empty implements AuditRows, AuditSweep {
    @Override
    public Slice read(AuditKey key, Period period, @Nullable Position from, int limit) {
      return Slice.end();
    }

    @Override
    public Map<String, List<AuditRow>> ofVends(Collection<String> vendIds, Set<String> kinds) {
      return Map.of();
    }

    @Override
    public @Nullable Place sweep(
        Period period, Set<String> attributes, @Nullable Place from, Visitor visitor) {
      return null;
    }
  }

  private static final Empty EMPTY = new Empty();
  private static final ReconcileAudit RECONCILE =
      new ReconcileAudit(EMPTY, EMPTY, Clock.fixed(Rows.NOW, ZoneOffset.UTC), VENDOR);

  @Override
  public void check(byte[] input) throws AuditException {
    String text = new Data(input).rest();
    if (!(JsonObject.readForeign("{\"events\":[" + text + "]}")
            instanceof JsonObject.Read(JsonObject object)
        && object.members().get("events") instanceof List<?> events)) {
      return;
    }
    List<@Nullable Object> all = new ArrayList<>(events);
    all.add(STOLEN);
    if (!(RECONCILE.reconcile(PERIOD, all) instanceof Reconciliation.Judged judged)) {
      throw new AssertionError("so few events are judged: " + text);
    }
    Target.check(judged.matched() == 0, "nothing is matched with no record", text, judged);
    Target.check(judged.events() + judged.ignored() <= all.size(), "counted once", text, judged);
    Target.check(
        judged.findings().stream()
            .anyMatch(
                finding ->
                    finding.kind() == FindingKind.EVENT_WITHOUT_RECORD
                        && "ASIAEXAMPLESTOLEN001".equals(finding.accessKeyId())),
        "no event hides another",
        text,
        judged);
    for (Finding finding : judged.findings()) {
      for (String shown : texts(finding)) {
        Target.check(shown.length() <= 701, "a finding's texts are short", text, shown);
      }
    }
  }

  private static List<String> texts(Finding finding) {
    return List.of(
        "" + finding.eventId(),
        "" + finding.roleArn(),
        "" + finding.sessionName(),
        "" + finding.accessKeyId());
  }

  @Override
  public List<String> seeds() {
    String role = Rows.ROLE.value();
    Instant at = HOUR.plusSeconds(5);
    String issued =
        Json.write(
            Trail.issued(at, role, "Deployer@01JZ0000000000000000000000", "ASIAEXAMPLE000000001"));
    return List.of(
        issued,
        Json.write(Trail.refused(at, role, "x")),
        Json.write(Trail.nameless(at, role)),
        Json.write(Trail.issued(at, role, "stolen", "ASIAEXAMPLESTOLEN001")),
        Json.write(Map.of("EventId", "e", "CloudTrailEvent", issued)) + ",{},[],null,\"x\",1");
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"eventName\":\"AssumeRole\"",
        "\"errorCode\":\"AccessDenied\"",
        "\"CloudTrailEvent\":\"",
        "\"requestParameters\":",
        "\"responseElements\":null",
        "\"eventTime\":\"2026-03-01 10:00:01\"",
        "\"sharedEventID\":\"s\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        "null",
        "\"\"",
        "9999-12-31T23:59:59Z",
        "-292275055-05-16T16:47:04Z",
        "\"durationSeconds\":9223372036854775808",
        "\\\"",
        "{\"a\":");
  }
}

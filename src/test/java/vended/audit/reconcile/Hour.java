package vended.audit.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import vended.Trail;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.AuditRow;
import vended.audit.query.MemoryAudit;
import vended.audit.query.Period;
import vended.identity.RoleArn;
import vended.text.Sha256;

/** An hour with one vend, in rows and events. */
final class Hour {
  static final String ROLE = "arn:aws:iam::444455556666:role/vended/deploy";
  static final String OTHER_ROLE = "arn:aws:iam::444455556666:role/vended/admin";
  static final String VEND = "01KJKMQXKBTSV4RRFFQ69G5FAV";
  static final String SESSION = "Builder@" + VEND;
  static final String KEY = "ASIAEXAMPLEISSUED001";
  static final String STOLEN = "ASIAEXAMPLESTOLEN001";
  static final String DENY_ALL = "{\"Statement\":[]}";
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final Period PERIOD = new Period(START, START.plusSeconds(3600));
  static final VendorRole VENDOR =
      new VendorRole(
          new RoleArn("arn:aws:iam::111122223333:role/vended-vendor"), "AROAVENDEDVENDOREXAMP");

  private final List<AuditRow> rows = new ArrayList<>();

  /** When the vend began. */
  Instant at = START.plusSeconds(1200).plusMillis(123);

  /** When the hour is reconciled. */
  Instant now = START.plus(Duration.ofDays(1));

  /** Adds a row of a vend. */
  Hour row(String vendId, String kind, Instant time, Map<String, ?> attributes) {
    Map<String, Object> all = new HashMap<>(attributes);
    all.putIfAbsent("roleArn", ROLE);
    all.putIfAbsent("durationSeconds", 900L);
    rows.add(new AuditRow(vendId, kind, AuditTime.at(time), 3, all));
    return this;
  }

  Hour intent() {
    return row(
        VEND,
        AuditRow.INTENT,
        at,
        Map.of("sessionName", SESSION, "policySha256", Sha256.sha256(DENY_ALL)));
  }

  Hour outcome(Map<String, String> attributes) {
    return row(VEND, AuditRow.OUTCOME, at.plusMillis(900), attributes);
  }

  /** A vend whose credentials were handed out. */
  Hour granted() {
    return intent()
        .outcome(Map.of("outcome", "granted", "sessionName", SESSION, "accessKeyId", KEY));
  }

  /** A vend that STS refused. */
  Hour failed() {
    return intent().outcome(Map.of("outcome", "failed", "reason", "sts_access_denied"));
  }

  /** A probe with the answers of STS to each ExternalId. */
  Hour probed(String with, String without, String wrong) {
    return probed(
        Map.of("withExternalId", with, "withoutExternalId", without, "withWrongExternalId", wrong));
  }

  Hour probed(Map<String, String> answers) {
    return intent().row(VEND, AuditRow.PROBE, at.plusSeconds(4), answers);
  }

  Map<String, Object> issued(String key) {
    return Trail.issued(at, ROLE, SESSION, key);
  }

  /** With the policy and the duration that the intent has. */
  Map<String, Object> issuedToProbe(String key) {
    return Trail.asking(Trail.asking(issued(key), "policy", DENY_ALL), "durationSeconds", 900);
  }

  Map<String, Object> refused() {
    return Trail.refused(at, ROLE, SESSION);
  }

  MemoryAudit audit() {
    return new MemoryAudit(rows, new Random(1));
  }

  /** An event at another time. */
  static Map<String, Object> at(Instant time, Map<String, Object> event) {
    return Trail.with(event, "eventTime", time.toString());
  }

  Reconciliation.Judged reconcile(Period period, Object... events) throws AuditException {
    MemoryAudit audit = audit();
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    return (Reconciliation.Judged)
        new ReconcileAudit(audit, audit, clock, VENDOR).reconcile(period, json(List.of(events)));
  }

  Reconciliation.Judged reconcile(Object... events) throws AuditException {
    return reconcile(PERIOD, events);
  }

  List<String> findings(Object... events) throws AuditException {
    return kinds(reconcile(events));
  }

  static List<String> kinds(Reconciliation.Judged judged) {
    return judged.findings().stream().map(finding -> finding.kind().code()).toList();
  }

  /** As the body's parser reads them: whole numbers are longs. */
  private static List<Object> json(List<?> events) {
    return events.stream().map(Hour::json).toList();
  }

  private static Object json(Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case Map<?, ?> members -> {
        Map<String, Object> read = new HashMap<>();
        members.forEach((name, member) -> read.put((String) name, json(member)));
        yield read;
      }
      default -> value;
    };
  }
}

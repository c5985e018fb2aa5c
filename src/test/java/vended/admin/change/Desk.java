package vended.admin.change;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.InMemoryEditor;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.write.Change.Expected;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.AuditRecord;
import vended.audit.ChangeRecord;
import vended.audit.InMemoryAuditLog;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.clock.SettableClock;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.telemetry.MetricLines;
import vended.telemetry.ScheduleTelemetry;

/** What administrators work with, in memory: an allow-list, an audit and a clock. */
public final class Desk implements AuditLog {
  public static final String ACCOUNT = "444455556666";
  public static final String OWN = "111122223333";
  public static final String EXTERNAL_ID = "0123456789abcdef0123456789abcdef";
  public static final RoleArn ROLE = role("deploy");
  public static final CallerArn CALLER = new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  public static final String CALLER_ID = "AROAEXAMPLEDEPLOYER1";
  public static final String ADMIN = "arn:aws:iam::111122223333:user/admin";

  /** When it opens. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  private final List<Duration> pauses = new ArrayList<>();
  private final InMemoryEditor list = new InMemoryEditor();
  private final InMemoryAuditLog log = new InMemoryAuditLog();
  private final ByteArrayOutputStream metrics = new ByteArrayOutputStream();
  private final Random random = new Random(1);
  private final AuditedChanges changes =
      new AuditedChanges(list, this, clock, new Backoff(this::pause, random));
  private Set<Integer> failing = Set.of();
  private int appends;

  /** A role of the client. */
  public static RoleArn role(String name) {
    return new RoleArn("arn:aws:iam::444455556666:role/vended/" + name);
  }

  /** A client with roles, in this version. */
  public static Client client(Map<RoleArn, ClientRole> roles, long version) {
    return new Client(ACCOUNT, "Example Client", EXTERNAL_ID, false, false, roles, version);
  }

  /** A role that a probe verified. */
  public static ClientRole verified() {
    return ClientRole.verified(START.minusSeconds(60), "01KJ0000000000000000000000", true, false);
  }

  /** A grant without limits of its own. */
  public static Grant grant(CallerArn caller, RoleArn role, long version) {
    return new Grant(
        caller, role, CALLER_ID, 3600, null, List.of(), Map.of(), null, null, false, null, version);
  }

  /** The same grant until some time, or switched off. */
  public static Grant until(Grant grant, @Nullable Instant expiresAt, boolean disabled) {
    return new Grant(
        grant.caller(),
        grant.role(),
        grant.callerId(),
        grant.maxDurationSeconds(),
        grant.policy(),
        grant.policyArns(),
        grant.tags(),
        grant.notBefore(),
        expiresAt,
        disabled,
        grant.description(),
        grant.version());
  }

  public SettableClock clock() {
    return clock;
  }

  private void pause(Duration duration) {
    pauses.add(duration);
    clock.advance(duration);
  }

  /** How long changes have waited, each time. */
  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  public InMemoryEditor list() {
    return list;
  }

  public InMemoryAuditLog log() {
    return log;
  }

  public AuditedChanges changes() {
    return changes;
  }

  /** The schedule's telemetry, whose lines {@link #told} has. */
  public ScheduleTelemetry telemetry() {
    return new ScheduleTelemetry(
        new MetricLines(new PrintStream(metrics, true, StandardCharsets.UTF_8), clock, "vended"));
  }

  /** The lines of metrics so far. */
  public List<String> told() {
    return metrics.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** A new ID. */
  public VendId id() {
    return VendId.source(clock, random).get();
  }

  /** An administrator's request. */
  public Trace trace() {
    return trace(id());
  }

  /** An administrator's request of this ID. */
  public static Trace trace(VendId id) {
    return new Trace(id, new Requester(ADMIN, null, null, null, null, null, null, null));
  }

  /**
   * Fails to add some of the records.
   *
   * @param numbers which of those from now on, from 1
   */
  public Desk failingRecords(Integer... numbers) {
    failing = Set.of(numbers);
    appends = 0;
    return this;
  }

  @Override
  public void append(AuditRecord added) throws AuditException {
    appends++;
    if (failing.contains(appends)) {
      throw new AuditException("unavailable on purpose", new IllegalStateException());
    }
    log.append(added);
  }

  /** The records of changes: {@code admin ACTION}, and {@code OUTCOME ACTION REASON}. */
  public List<String> audit() {
    List<String> lines = new ArrayList<>();
    for (ChangeRecord change : records()) {
      ChangeRecord.Result result = change.result();
      String how = result == null ? "admin" : result.outcome().code();
      String why = result == null || result.reason() == null ? "" : " " + result.reason();
      lines.add(how + " " + change.subject().action() + why);
    }
    return lines;
  }

  /** The records of changes. */
  public List<ChangeRecord> records() {
    return log.records().stream()
        .filter(one -> one instanceof ChangeRecord)
        .map(one -> (ChangeRecord) one)
        .toList();
  }

  /** The client as it is. */
  public Stored<Client> client() {
    return found(list.table().client(ACCOUNT));
  }

  /** The value of a row that is there. */
  public static <T> T found(Row<T> row) {
    return ((Row.Found<T>) row).value();
  }

  /** The roles of the client as they are. */
  public Map<RoleArn, ClientRole> roles() {
    return new LinkedHashMap<>(client().value().roles());
  }

  /** What was there when a client was read. */
  public static Expected expected(long version) {
    return new Expected.Version(version);
  }
}

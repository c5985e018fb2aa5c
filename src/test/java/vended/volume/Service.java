package vended.volume;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import vended.admin.PutClient;
import vended.admin.PutGrant;
import vended.admin.RemoveGrant;
import vended.admin.SuspendClient;
import vended.admin.change.AdminResult;
import vended.admin.change.AuditedChanges;
import vended.admin.change.Backoff;
import vended.admin.change.GrantsOfRoles;
import vended.admin.verification.ActivateRole;
import vended.admin.verification.ProbedRoles;
import vended.admin.verification.SettleNewRole;
import vended.admin.verification.SettleProbe;
import vended.allowlist.dynamo.DynamoAllowList;
import vended.allowlist.dynamo.DynamoAllowListEditor;
import vended.allowlist.dynamo.DynamoAllowListPages;
import vended.allowlist.write.AllowListEditor;
import vended.api.vend.VendHandler;
import vended.audit.AuditLog;
import vended.audit.VendId;
import vended.audit.dynamo.DynamoAuditLog;
import vended.audit.dynamo.DynamoProbeRecords;
import vended.clock.SettableClock;
import vended.identity.AssumableRoles;
import vended.local.LocalStack;
import vended.probe.ProbeRole;
import vended.telemetry.MetricLines;
import vended.telemetry.ScheduleTelemetry;
import vended.vending.ListRoles;
import vended.vending.VendCredentials;

/** The service's own use cases and adapters, on a clock that is moved and an STS in memory. */
final class Service implements AutoCloseable {
  private static final Duration SECONDS = Duration.ofSeconds(30);

  final SettableClock clock = new SettableClock(Instant.EPOCH);
  final FastSts sts = new FastSts(clock);
  final RememberedAllowList list;
  final DynamoDbClient tables;
  final String allowListTable;
  final BulkClient bulk;
  final VendHandler vendHandler;
  final ProbeRole probeRole;
  final PutClient putClient;
  final PutGrant putGrant;
  final RemoveGrant removeGrant;
  final SuspendClient suspendClient;
  final ActivateRole activateRole;
  final SettleProbe settleProbe;

  private final Supplier<VendId> ids;
  private final Random random;
  private final AuditLog log;
  private String lastId = "";

  Service(LocalStack stack, Random random) {
    this.random = random;
    this.tables = stack.tables().client();
    this.allowListTable = stack.allowListTable();
    this.bulk = new BulkClient(tables);
    this.ids = VendId.source(clock, random);
    this.log = new DynamoAuditLog(bulk, stack.auditTable(), Duration.ofDays(2557), SECONDS);
    this.list = new RememberedAllowList(new DynamoAllowList(tables, allowListTable, SECONDS));
    this.probeRole = new ProbeRole(list, log, sts, AssumableRoles.ALL, pause -> {}, clock, random);
    this.vendHandler =
        new VendHandler(
            new VendCredentials(list, log, sts, clock),
            new ListRoles(list, clock),
            probeRole,
            this::nextId);
    AllowListEditor editor = new DynamoAllowListEditor(tables, allowListTable, SECONDS);
    var pages = new DynamoAllowListPages(tables, allowListTable, SECONDS);
    AuditedChanges changes = changes(editor);
    this.putClient = new PutClient(editor, pages, changes, AssumableRoles.ALL, random, clock);
    this.putGrant = new PutGrant(editor, changes, clock);
    this.removeGrant = new RemoveGrant(editor, changes);
    this.suspendClient = new SuspendClient(editor, changes, clock);
    var records = new DynamoProbeRecords(tables, stack.auditTable());
    var telemetry = new ScheduleTelemetry(new MetricLines(nowhere(), clock, "volume"));
    var probed = new ProbedRoles(editor, records, changes, telemetry, clock, this::nextId);
    var grants = new GrantsOfRoles(pages, clock);
    this.activateRole = new ActivateRole(probed, grants);
    this.settleProbe = new SettleProbe(probed, new SettleNewRole(probed, records, grants, clock));
  }

  /** Changes through another editor: one that fails, for example. */
  AuditedChanges changes(AllowListEditor editor) {
    return new AuditedChanges(editor, log, clock, new Backoff(pause -> {}, random));
  }

  AllowListEditor editor() {
    return new DynamoAllowListEditor(tables, allowListTable, SECONDS);
  }

  VendId nextId() {
    VendId id = ids.get();
    lastId = id.value();
    return id;
  }

  /** The ID of the last request. */
  String lastId() {
    return lastId;
  }

  /** The value of a change that must have been made. */
  static <T> T done(AdminResult<T> result) {
    if (result instanceof AdminResult.Done<T>(T value, boolean recorded) && recorded) {
      return value;
    }
    throw new AssertionError("not made: " + result);
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    bulk.close();
  }

  /** A time as records have it. */
  static String at(long millis) {
    String text = java.time.Instant.ofEpochMilli(millis).toString();
    return text.length() == 24 ? text : text.replace("Z", ".000Z");
  }

  static @Nullable String orNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}

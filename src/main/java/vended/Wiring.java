package vended;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import vended.access.ListAccess;
import vended.access.status.CheckStatus;
import vended.access.why.ExplainDecision;
import vended.admin.Administration;
import vended.admin.ApplyGrants;
import vended.admin.ListAllowList;
import vended.admin.Onboarding;
import vended.admin.PutClient;
import vended.admin.PutGrant;
import vended.admin.RemoveGrant;
import vended.admin.SuspendClient;
import vended.admin.change.AuditedChanges;
import vended.admin.change.Backoff;
import vended.admin.change.GrantsOfRoles;
import vended.admin.verification.ActivateRole;
import vended.admin.verification.ProbedRoles;
import vended.admin.verification.Refusals;
import vended.admin.verification.RolesToProbe;
import vended.admin.verification.SettleProbe;
import vended.allowlist.AllowList;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListPages;
import vended.allowlist.dynamo.DynamoAllowList;
import vended.allowlist.dynamo.DynamoAllowListEditor;
import vended.allowlist.dynamo.DynamoAllowListEntries;
import vended.allowlist.dynamo.DynamoAllowListPages;
import vended.audit.AuditLog;
import vended.audit.ProbeRecords;
import vended.audit.ReprobeRuns;
import vended.audit.VendId;
import vended.audit.dynamo.DynamoAuditLog;
import vended.audit.dynamo.DynamoAuditRows;
import vended.audit.dynamo.DynamoAuditSweep;
import vended.audit.dynamo.DynamoLastUse;
import vended.audit.dynamo.DynamoProbeRecords;
import vended.audit.dynamo.DynamoReprobeRuns;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditCursors;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.LastUse;
import vended.audit.query.OpenIntents;
import vended.audit.reconcile.ReconcileAudit;
import vended.audit.reconcile.VendorRole;
import vended.probe.Pause;
import vended.probe.ProbeRole;
import vended.report.make.MakeReport;
import vended.report.make.ReportCursors;
import vended.report.make.ReportLimits;
import vended.sts.RoleAssumer;
import vended.sts.StsRoleAssumer;
import vended.telemetry.Telemetry;
import vended.vending.ListRoles;
import vended.vending.VendCredentials;

/** Builds the object graph of each function. */
public final class Wiring {
  private final Settings settings;
  private final AwsClients clients;
  private final Clock clock;
  // Reads the kernel's random numbers at each use, so copies of a SnapStart snapshot differ.
  private final RandomGenerator random = new SecureRandom();
  private final Pause pause;
  private final Telemetry telemetry;
  private final Observed observed;

  /** The graph for an environment, with the limits of the deployed functions. */
  public Wiring(Map<String, String> environment, Clock clock) {
    this(environment, clock, Pause.sleeping(), TimeLimits.OF_FUNCTION);
  }

  /**
   * The graph for an environment. Nothing is called yet.
   *
   * @param environment the variables; see {@link Settings#VARIABLES}
   * @param pause how a probe waits for a new role to become known
   * @param limits how long one call of AWS may take
   * @throws IllegalArgumentException if a variable is missing or malformed; the message names it
   */
  public Wiring(Map<String, String> environment, Clock clock, Pause pause, TimeLimits limits) {
    this(AwsClients.ofNetwork(new Settings(environment), limits), clock, pause, System.out);
  }

  /**
   * A graph on given clients.
   *
   * @param metrics where the lines for CloudWatch go
   */
  Wiring(AwsClients clients, Clock clock, Pause pause, PrintStream metrics) {
    this.settings = clients.settings();
    this.clients = clients;
    this.clock = clock;
    this.pause = pause;
    this.telemetry = new Telemetry(metrics, clock, settings.stackName());
    this.observed = new Observed(telemetry, clock);
  }

  /** The same graph on other clients, with metrics that go elsewhere. */
  Wiring on(AwsClients others, PrintStream metrics) {
    return new Wiring(others, clock, pause, metrics);
  }

  AwsClients clients() {
    return clients;
  }

  /** The graph for the process's own environment and clock. */
  public static Wiring ofProcess() {
    return new Wiring(Settings.environment(), Clock.systemUTC());
  }

  /** New IDs of vends. */
  public Supplier<VendId> vendIds() {
    return VendId.source(clock, random);
  }

  /** The use case behind {@code /credentials}. */
  public VendCredentials vendCredentials() {
    return new VendCredentials(allowList(), auditLog(), roleAssumer(), clock);
  }

  /** The use case behind {@code /roles}. */
  public ListRoles listRoles() {
    return new ListRoles(allowList(), clock);
  }

  /** The use case behind {@code /probes}, and behind the schedule's probes. */
  public ProbeRole probeRole() {
    return new ProbeRole(
        allowList(), auditLog(), roleAssumer(), settings.assumableRoles(), pause, clock, random);
  }

  /** The use cases of administrators. */
  public Administration administration() {
    AllowListEditor editor = editor();
    AllowListPages pages = pages();
    AuditedChanges changes = changes(editor);
    PutGrant putGrant = new PutGrant(editor, changes, clock);
    RemoveGrant removeGrant = new RemoveGrant(editor, changes);
    return new Administration(
        new PutClient(editor, pages, changes, settings.assumableRoles(), random, clock),
        new ListAllowList(editor, pages),
        new SuspendClient(editor, changes, clock),
        new ActivateRole(probedRoles(editor, changes), new GrantsOfRoles(pages, clock)),
        putGrant,
        removeGrant,
        new ApplyGrants(editor, putGrant, removeGrant, clock),
        changes,
        new Onboarding(settings.vendorRole(), settings.region(), settings.clientTemplateUrl()));
  }

  /** Which roles the schedule probes. */
  public RolesToProbe rolesToProbe() {
    return new RolesToProbe(observed.clientPages(pages()::clients));
  }

  /** How the schedule acts on what a probe found. */
  public SettleProbe settleProbe() {
    AllowListEditor editor = editor();
    return new SettleProbe(probedRoles(editor, changes(editor)));
  }

  /** What becomes of the roles that only refused in a run of the schedule. */
  public Refusals refusals() {
    return new Refusals(rolesToProbe(), probeRecords(), settleProbe(), clock, vendIds());
  }

  /** The ends of the schedule's runs. */
  public ReprobeRuns reprobeRuns() {
    return new DynamoReprobeRuns(clients.dynamoDb(), settings.auditTable());
  }

  private ProbedRoles probedRoles(AllowListEditor editor, AuditedChanges changes) {
    return new ProbedRoles(editor, probeRecords(), changes, telemetry, clock, vendIds());
  }

  /** The use case behind {@code /audit/query} and {@code /audit/caller}. */
  public AskAudit askAudit() {
    return new AskAudit(auditRows(), clock);
  }

  /** The cursors of the audit's pages. */
  public AuditCursors auditCursors() {
    return new AuditCursors(settings.auditTable());
  }

  /** The time. */
  public Clock clock() {
    return clock;
  }

  /** The use case behind {@code /audit/reconcile}. */
  public ReconcileAudit reconcileAudit() {
    return new ReconcileAudit(
        auditRows(),
        auditSweep(),
        clock,
        new VendorRole(settings.vendorRole(), settings.vendorRoleId()));
  }

  /** The use case behind {@code /audit/report}, within limits for one call. */
  public MakeReport makeReport(ReportLimits limits) {
    return new MakeReport(auditSweep(), auditRows(), lastUse(), pages(), clock, limits);
  }

  /** The cursors of reports. */
  public ReportCursors reportCursors() {
    return new ReportCursors(settings.auditTable());
  }

  /** The scheduled search for vends and changes that never ended. */
  public OpenIntents openIntents() {
    return new OpenIntents(askAudit(), clock);
  }

  /** When callers last had client roles. */
  public LastUse lastUse() {
    return new DynamoLastUse(clients.dynamoDb(), settings.auditTable(), clock);
  }

  /** The use case behind {@code /access/list}. */
  public ListAccess listAccess() {
    return new ListAccess(
        new DynamoAllowListEntries(clients.dynamoDb(), settings.allowListTable(), clients.again()),
        lastUse(),
        clock);
  }

  /** The use case behind {@code /access/why}. */
  public ExplainDecision explainDecision() {
    return new ExplainDecision(
        auditRows(),
        new DynamoAllowList(clients.dynamoDb(), settings.allowListTable(), clients.again()),
        clock);
  }

  /** The use case behind {@code /access/status}. */
  public CheckStatus checkStatus() {
    return new CheckStatus(
        pages(), auditSweep(), auditRows(), reprobeRuns(), clock, settings.reprobeOverdue());
  }

  /** Metrics for operators. */
  public Telemetry telemetry() {
    return telemetry;
  }

  private RoleAssumer roleAssumer() {
    return observed.roleAssumer(new StsRoleAssumer(clients.sts()));
  }

  private AllowList allowList() {
    return observed.allowList(
        new DynamoAllowList(clients.dynamoDb(), settings.allowListTable(), clients.again()));
  }

  private AllowListEditor editor() {
    return new DynamoAllowListEditor(
        clients.dynamoDb(), settings.allowListTable(), clients.again());
  }

  /** Lists of the allow-list, which may be some seconds old. */
  public AllowListPages allowListPages() {
    return pages();
  }

  private AllowListPages pages() {
    return new DynamoAllowListPages(clients.dynamoDb(), settings.allowListTable(), clients.again());
  }

  private AuditedChanges changes(AllowListEditor editor) {
    return new AuditedChanges(editor, auditLog(), clock, new Backoff(pause, random));
  }

  private AuditLog auditLog() {
    return observed.auditLog(
        new DynamoAuditLog(
            clients.dynamoDb(), settings.auditTable(), settings.auditRetention(), clients.again()));
  }

  private AuditSweep auditSweep() {
    return new DynamoAuditSweep(clients.dynamoDb(), settings.auditTable());
  }

  private AuditRows auditRows() {
    return new DynamoAuditRows(clients.dynamoDb(), settings.auditTable());
  }

  private ProbeRecords probeRecords() {
    return new DynamoProbeRecords(clients.dynamoDb(), settings.auditTable());
  }
}

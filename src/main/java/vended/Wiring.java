package vended;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import vended.admin.Administration;
import vended.admin.ApplyGrants;
import vended.admin.ListAllowList;
import vended.admin.Onboarding;
import vended.admin.PutClient;
import vended.admin.PutGrant;
import vended.admin.RemoveClient;
import vended.admin.RemoveGrant;
import vended.admin.SuspendClient;
import vended.admin.change.AuditedChanges;
import vended.admin.change.Backoff;
import vended.admin.change.GrantsOfRoles;
import vended.admin.verification.ActivateRole;
import vended.admin.verification.ProbedRoles;
import vended.admin.verification.RotateExternalId;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.write.AllowListEditor;
import vended.audit.VendId;
import vended.mine.ClientView;
import vended.mine.ListOwnGrants;
import vended.mine.SuspendOneself;
import vended.probe.Pause;
import vended.probe.ProbeRole;
import vended.telemetry.MetricLines;
import vended.telemetry.ScheduleTelemetry;
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
  private final ScheduleTelemetry scheduleTelemetry;
  private final Observed observed;
  private final Adapters adapters;

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
    MetricLines lines = new MetricLines(metrics, clock, settings.stackName());
    this.telemetry = new Telemetry(lines);
    this.scheduleTelemetry = new ScheduleTelemetry(lines);
    this.observed = new Observed(telemetry, clock);
    this.adapters = new Adapters(clients, observed, clock);
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

  /** The time. */
  public Clock clock() {
    return clock;
  }

  /** Metrics of requests. */
  public Telemetry telemetry() {
    return telemetry;
  }

  /** The use case behind {@code /credentials}. */
  public VendCredentials vendCredentials() {
    return new VendCredentials(
        adapters.allowList(), adapters.auditLog(), adapters.roleAssumer(), clock);
  }

  /** The use case behind {@code /roles}. */
  public ListRoles listRoles() {
    return new ListRoles(adapters.allowList(), clock);
  }

  /** The use case behind {@code /probes}, and behind the schedule's probes. */
  public ProbeRole probeRole() {
    return new ProbeRole(
        adapters.allowList(),
        adapters.auditLog(),
        adapters.roleAssumer(),
        settings.assumableRoles(),
        pause,
        clock,
        random);
  }

  /** The use cases of administrators. */
  public Administration administration() {
    AllowListEditor editor = adapters.editor();
    AllowListPages pages = adapters.pages();
    AuditedChanges changes = changes(editor);
    PutGrant putGrant = new PutGrant(editor, changes, clock);
    RemoveGrant removeGrant = new RemoveGrant(editor, changes);
    return new Administration(
        new PutClient(editor, pages, changes, settings.assumableRoles(), random, clock),
        new ListAllowList(editor, pages),
        new SuspendClient(editor, changes, clock),
        new RemoveClient(editor, adapters.entries(), changes, clock),
        new ActivateRole(probedRoles(), new GrantsOfRoles(pages, clock)),
        new RotateExternalId(editor, adapters.probeRecords(), changes, random, clock),
        putGrant,
        removeGrant,
        new ApplyGrants(editor, putGrant, removeGrant, clock),
        changes,
        new Onboarding(
            settings.vendorRole(),
            settings.region(),
            settings.clientTemplateUrl(),
            settings.newRolesAreProbed()));
  }

  /** The use cases of clients. */
  public ClientView clientView() {
    AllowListEditor editor = adapters.editor();
    AuditWiring audit = audit();
    return new ClientView(
        settings.clientView(),
        adapters.allowList(),
        editor,
        new ListOwnGrants(adapters.entries(), clock),
        audit.askAudit(),
        audit.auditCursors(),
        new SuspendOneself(editor, changes(editor), clock));
  }

  /** The use cases behind {@code /audit/…}. */
  public AuditWiring audit() {
    return new AuditWiring(settings, adapters, clock);
  }

  /** The use cases behind {@code /access/…}. */
  public AccessWiring access() {
    return new AccessWiring(settings, adapters, clock);
  }

  /** The use cases of the schedule's steps and of the timer. */
  public ScheduleWiring schedule() {
    return new ScheduleWiring(
        adapters, observed, this::probedRoles, scheduleTelemetry, clock, vendIds());
  }

  private ProbedRoles probedRoles() {
    AllowListEditor editor = adapters.editor();
    return new ProbedRoles(
        editor, adapters.probeRecords(), changes(editor), scheduleTelemetry, clock, vendIds());
  }

  private AuditedChanges changes(AllowListEditor editor) {
    return new AuditedChanges(editor, adapters.auditLog(), clock, new Backoff(pause, random));
  }
}

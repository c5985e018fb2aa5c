package vended;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sts.StsClient;
import vended.admin.Administration;
import vended.admin.ApplyGrants;
import vended.admin.ListAllowList;
import vended.admin.Onboarding;
import vended.admin.PutClient;
import vended.admin.PutGrant;
import vended.admin.RemoveGrant;
import vended.admin.SuspendClient;
import vended.admin.change.AuditedChanges;
import vended.admin.verification.ActivateRole;
import vended.admin.verification.RolesToProbe;
import vended.admin.verification.SettleProbe;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListPages;
import vended.allowlist.dynamo.DynamoAllowList;
import vended.allowlist.dynamo.DynamoAllowListEditor;
import vended.allowlist.dynamo.DynamoAllowListPages;
import vended.allowlist.dynamo.DynamoClientNames;
import vended.allowlist.dynamo.DynamoDanglingRoles;
import vended.audit.ProbeRecords;
import vended.audit.VendId;
import vended.audit.dynamo.DynamoAuditLog;
import vended.audit.dynamo.DynamoAuditRows;
import vended.audit.dynamo.DynamoProbeRecords;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditCursors;
import vended.audit.query.Auditing;
import vended.audit.query.OpenIntents;
import vended.audit.reconcile.ReconcileAudit;
import vended.audit.reconcile.VendorRole;
import vended.dynamo.DynamoAnswers;
import vended.identity.AssumableRoles;
import vended.identity.RoleArn;
import vended.identity.RolePattern;
import vended.probe.Pause;
import vended.probe.ProbeRole;
import vended.report.make.MakeReport;
import vended.report.make.ReportLimits;
import vended.sts.RoleAssumer;
import vended.sts.StsAnswers;
import vended.sts.StsRoleAssumer;
import vended.telemetry.EmfTelemetry;
import vended.telemetry.Telemetry;
import vended.vending.ListRoles;
import vended.vending.VendCredentials;

/**
 * Puts the parts together: the only reader of the environment, and the only builder of SDK clients.
 *
 * <p>The clients' time limits add up to less than the function's own 15 s, and that is less than
 * API Gateway's 29 s. At the worst: allow-list 2.25 s and 1 s again, intent 2.25 s and 1 s to read
 * it back, STS 4 s, outcome as the intent: 13.75 s. A probe calls STS more often, and looks at the
 * time that is left before each call.
 */
public final class Wiring {
  /** The environment variables that are read. */
  public static final Set<String> VARIABLES =
      Set.of(
          "ALLOW_LIST_TABLE",
          "AUDIT_TABLE",
          "AUDIT_RETENTION_DAYS",
          "VENDOR_ROLE_ARN",
          "VENDOR_ROLE_ID",
          "CLIENT_TEMPLATE_URL",
          "CLIENT_ROLE_PATTERN",
          "ALLOW_OWN_ACCOUNT",
          "AWS_REGION",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "AWS_CONTAINER_AUTHORIZATION_TOKEN",
          "AWS_ENDPOINT_URL_STS",
          "AWS_ENDPOINT_URL_DYNAMODB");

  private static final Duration DYNAMODB_CALL = Duration.ofMillis(2250);
  private static final Duration STS_CALL = Duration.ofSeconds(4);

  /** Seven years, which is what auditors ask for most often. */
  private static final String DEFAULT_RETENTION_DAYS = "2557";

  private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
  private static final Pattern ROLE_ID = Pattern.compile("AROA[A-Z0-9]{12,124}");
  private static final Pattern DAYS = Pattern.compile("[1-9][0-9]{0,4}");

  private final Map<String, String> environment;
  private final Clock clock;
  private final RandomGenerator random;
  private final SdkHttpClient http;
  private final DynamoDbClient dynamoDb;
  private final Pause pause;
  private @Nullable RoleAssumer roleAssumer;

  /**
   * Parts for an environment, which wait in real time.
   *
   * @param environment the variables
   * @param clock the time
   * @throws IllegalArgumentException if a variable is missing or malformed; the message names it
   */
  public Wiring(Map<String, String> environment, Clock clock) {
    this(environment, clock, Wiring::sleep);
  }

  /**
   * Parts for an environment. Nothing is called yet.
   *
   * @param environment the variables
   * @param clock the time
   * @param pause how a probe waits for a new role to be known
   * @throws IllegalArgumentException if a variable is missing or malformed; the message names it
   */
  public Wiring(Map<String, String> environment, Clock clock, Pause pause) {
    // Only these: a variable that is read without being named in VARIABLES is never there.
    this.environment =
        VARIABLES.stream()
            .filter(environment::containsKey)
            .collect(Collectors.toUnmodifiableMap(name -> name, environment::get));
    this.clock = clock;
    this.pause = pause;
    // Reads the kernel's random numbers at each use, so copies of a SnapStart snapshot differ.
    this.random = new SecureRandom();
    // The JDK's client must not send a POST twice behind the back of the SDK's own retries.
    System.setProperty("sun.net.http.retryPost", "false");
    this.http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(1))
            .socketTimeout(Duration.ofSeconds(3))
            .build();
    this.dynamoDb =
        build(
            DynamoDbClient.builder(),
            "AWS_ENDPOINT_URL_DYNAMODB",
            configuration(DYNAMODB_CALL, Duration.ofSeconds(1), List.of(new DynamoAnswers())));
  }

  /** Parts for the process's own environment and clock. */
  public static Wiring ofProcess() {
    return new Wiring(System.getenv(), Clock.systemUTC());
  }

  /** Names for new vends. */
  public Supplier<VendId> vendIds() {
    return VendId.source(clock, random);
  }

  /** The use case behind {@code /credentials}. */
  public VendCredentials vendCredentials() {
    Observed hops = hops();
    return new VendCredentials(
        hops.allowList(allowList()),
        hops.auditLog(auditLog()),
        hops.roleAssumer(roleAssumer()),
        telemetry(),
        clock);
  }

  /** The use case behind {@code /roles}. */
  public ListRoles listRoles() {
    Observed hops = hops();
    return new ListRoles(
        hops.allowList(allowList()),
        hops.clientNames(new DynamoClientNames(dynamoDb, table("ALLOW_LIST_TABLE"))),
        telemetry(),
        clock);
  }

  /** The use case behind {@code /probes}. */
  public ProbeRole probeRole() {
    Observed hops = hops();
    return new ProbeRole(
        hops.clients(allowList()),
        hops.auditLog(auditLog()),
        hops.roleAssumer(roleAssumer()),
        assumableRoles(),
        telemetry(),
        pause,
        clock,
        random);
  }

  /** One client for all that call STS, made only in a function that does. */
  private RoleAssumer roleAssumer() {
    if (roleAssumer == null) {
      StsClient sts =
          build(
              StsClient.builder(),
              "AWS_ENDPOINT_URL_STS",
              configuration(STS_CALL, Duration.ofSeconds(2), List.of(new StsAnswers())));
      roleAssumer = new StsRoleAssumer(sts);
    }
    return roleAssumer;
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The use cases of administrators. */
  public Administration administration() {
    AllowListEditor editor = editor();
    AllowListPages pages = pages();
    AuditedChanges changes = changes(editor);
    PutGrant putGrant = new PutGrant(editor, changes, clock);
    RemoveGrant removeGrant = new RemoveGrant(editor, changes);
    return new Administration(
        new PutClient(editor, pages, changes, assumableRoles(), random, clock),
        new ListAllowList(editor),
        new SuspendClient(editor, changes, clock),
        new ActivateRole(editor, pages, probeRecords(), changes, telemetry(), clock, vendIds()),
        putGrant,
        removeGrant,
        new ApplyGrants(editor, putGrant, removeGrant, clock),
        pages,
        new DynamoDanglingRoles(dynamoDb, table("ALLOW_LIST_TABLE")),
        changes,
        onboarding());
  }

  /** Which roles the schedule probes. */
  public RolesToProbe rolesToProbe() {
    return new RolesToProbe(pages(), telemetry());
  }

  /** What the schedule does about a probe. */
  public SettleProbe settleProbe() {
    AllowListEditor editor = editor();
    return new SettleProbe(editor, probeRecords(), changes(editor), telemetry(), clock, vendIds());
  }

  private AllowListEditor editor() {
    return new DynamoAllowListEditor(dynamoDb, table("ALLOW_LIST_TABLE"));
  }

  private AllowListPages pages() {
    return new DynamoAllowListPages(dynamoDb, table("ALLOW_LIST_TABLE"));
  }

  private ProbeRecords probeRecords() {
    return new DynamoProbeRecords(dynamoDb, table("AUDIT_TABLE"));
  }

  private AuditedChanges changes(AllowListEditor editor) {
    return new AuditedChanges(editor, hops().adminLog(auditLog()), telemetry(), clock);
  }

  /** The use cases of auditors. */
  public Auditing auditing() {
    String table = table("AUDIT_TABLE");
    AskAudit askAudit = new AskAudit(new DynamoAuditRows(dynamoDb, table), clock);
    return new Auditing(askAudit, new AuditCursors(table), clock);
  }

  /** The use case behind {@code /audit/reconcile}. */
  public ReconcileAudit reconcileAudit() {
    String uniqueId = optional("VENDOR_ROLE_ID");
    if (uniqueId != null && !ROLE_ID.matcher(uniqueId).matches()) {
      throw new IllegalArgumentException("VENDOR_ROLE_ID is not the unique ID of a role");
    }
    return new ReconcileAudit(
        new DynamoAuditRows(dynamoDb, table("AUDIT_TABLE")),
        clock,
        new VendorRole(vendorRole(), uniqueId));
  }

  private AssumableRoles assumableRoles() {
    String pattern = optional("CLIENT_ROLE_PATTERN");
    String own = optional("ALLOW_OWN_ACCOUNT");
    if (own != null && !own.equals("true") && !own.equals("false")) {
      throw new IllegalArgumentException("ALLOW_OWN_ACCOUNT must be true or false");
    }
    try {
      return new AssumableRoles(
          pattern == null ? null : new RolePattern(pattern), !"false".equals(own));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "CLIENT_ROLE_PATTERN must be like arn:aws:iam::*:role/vended/*", e);
    }
  }

  private RoleArn vendorRole() {
    return RoleArn.parse(required("VENDOR_ROLE_ARN"))
        .orElseThrow(
            () -> new IllegalArgumentException("VENDOR_ROLE_ARN is not the ARN of a role"));
  }

  /** The use case behind {@code /audit/report}. */
  public MakeReport makeReport(ReportLimits limits) {
    String allowListTable = table("ALLOW_LIST_TABLE");
    return new MakeReport(
        new DynamoAuditRows(dynamoDb, table("AUDIT_TABLE")),
        new DynamoAllowListPages(dynamoDb, allowListTable),
        new DynamoAllowListEditor(dynamoDb, allowListTable),
        clock,
        limits);
  }

  private Onboarding onboarding() {
    String templateUrl = optional("CLIENT_TEMPLATE_URL");
    if (templateUrl != null && !templateUrl.startsWith("https://")) {
      throw new IllegalArgumentException("CLIENT_TEMPLATE_URL must begin with https://");
    }
    return new Onboarding(vendorRole(), required("AWS_REGION"), templateUrl);
  }

  /** What the scheduled look at the audit does. */
  public OpenIntents openIntents() {
    return new OpenIntents(
        new AskAudit(new DynamoAuditRows(dynamoDb, table("AUDIT_TABLE")), clock), clock);
  }

  private Observed hops() {
    return new Observed(telemetry(), clock);
  }

  /** Where operators are told of things. */
  public Telemetry telemetry() {
    return new EmfTelemetry(System.out, clock);
  }

  private DynamoAllowList allowList() {
    return new DynamoAllowList(dynamoDb, table("ALLOW_LIST_TABLE"));
  }

  private DynamoAuditLog auditLog() {
    String days = environment.getOrDefault("AUDIT_RETENTION_DAYS", DEFAULT_RETENTION_DAYS);
    if (!DAYS.matcher(days).matches()) {
      throw new IllegalArgumentException("AUDIT_RETENTION_DAYS must be a number from 1 to 99999");
    }
    return new DynamoAuditLog(
        dynamoDb, table("AUDIT_TABLE"), Duration.ofDays(Long.parseLong(days)));
  }

  private String table(String variable) {
    String name = required(variable);
    if (!TABLE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(variable + " is not the name of a DynamoDB table");
    }
    return name;
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
      B builder, String endpointVariable, ClientOverrideConfiguration configuration) {
    builder
        .httpClient(http)
        .region(Region.of(required("AWS_REGION")))
        .credentialsProvider(credentials())
        .overrideConfiguration(configuration);
    String endpoint = optional(endpointVariable);
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder.build();
  }

  private static ClientOverrideConfiguration configuration(
      Duration call, Duration attempt, List<ExecutionInterceptor> answers) {
    return ClientOverrideConfiguration.builder()
        .executionInterceptors(answers)
        .apiCallTimeout(call)
        .apiCallAttemptTimeout(attempt)
        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
        // Lambda has no ~/.aws; looking for it costs time at every cold start.
        .defaultProfileFile(ProfileFile.aggregator().build())
        .build();
  }

  /**
   * Lambda gives keys, or with SnapStart an endpoint that has them; nothing else is looked for. The
   * SDK's provider reads the endpoint's address and token from the process by itself.
   */
  private AwsCredentialsProvider credentials() {
    if (optional("AWS_CONTAINER_CREDENTIALS_FULL_URI") != null) {
      return ContainerCredentialsProvider.builder().build();
    }
    String accessKeyId = required("AWS_ACCESS_KEY_ID");
    String secretAccessKey = required("AWS_SECRET_ACCESS_KEY");
    String sessionToken = optional("AWS_SESSION_TOKEN");
    return StaticCredentialsProvider.create(
        sessionToken == null
            ? AwsBasicCredentials.create(accessKeyId, secretAccessKey)
            : AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken));
  }

  private String required(String variable) {
    String value = optional(variable);
    if (value == null) {
      throw new IllegalArgumentException(variable + " is not set");
    }
    return value;
  }

  private @Nullable String optional(String variable) {
    String value = environment.get(variable);
    return value == null || value.isEmpty() ? null : value;
  }
}

package vended.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vended.template.Template;

/** The whole stack in this process, from the templates in the working directory. */
public final class LocalStack implements AutoCloseable {
  public static final String REGION = "eu-west-1";

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Template template =
      Template.read(Path.of("template.yaml"), Map.of("AWS::Region", REGION, "ClientView", "true"));
  private final Map<String, String> variables = variables(template);
  private final Keys keys = new Keys();
  private final Attachments attachments = new Attachments();
  private final Clock clock;
  private final People people;
  private final Demonstration demonstration;
  private final Demonstration newClient;
  private final Tables tables;
  private final Optional<Sts> sts;
  private final URI stsUrl;
  private final Optional<FaultyProxy> tablesProxy;
  private final Optional<FaultyProxy> stsProxy;
  private final Gateway gateway;

  private LocalStack(Options options) throws IOException {
    clock = options.clock();
    people = People.hire(template, keys, attachments, clock.instant());
    Principal vendor = people.vendor().principal();
    demonstration = Demonstration.of(vendor, Demonstration.CLIENT_ACCOUNT, externalId());
    newClient = Demonstration.of(vendor, Demonstration.NEW_ACCOUNT, externalId());
    try {
      sts = options.stsEndpoint().isPresent() ? Optional.empty() : Optional.of(startSts());
      stsUrl = options.stsEndpoint().orElseGet(() -> sts.orElseThrow().url());
      tables = opened(tables(options));
      stsProxy = proxy(options, stsUrl);
      tablesProxy = proxy(options, tables.url());
      gateway = opened(gateway(options));
      addRoles();
      seedRows();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts everything, or leaves nothing behind. */
  public static LocalStack start(Options options) throws IOException {
    return new LocalStack(options);
  }

  /**
   * As at the start: the demonstration's rows and role; no faults. Not for a DynamoDB elsewhere.
   */
  public void reset() {
    clear();
    seedRows();
  }

  /** As at the start, but with empty tables. */
  public void clear() {
    tables.empty();
    sts.ifPresent(Sts::reset);
    stsProxy.ifPresent(FaultyProxy::reset);
    tablesProxy.ifPresent(FaultyProxy::reset);
    addRoles();
  }

  /** Where the gateway listens. */
  public URI url() {
    return gateway.url();
  }

  public People people() {
    return people;
  }

  public Demonstration demonstration() {
    return demonstration;
  }

  /** A client who has made its role, to be let in. */
  public Demonstration newClient() {
    return newClient;
  }

  public Tables tables() {
    return tables;
  }

  public String allowListTable() {
    return variables.getOrDefault("ALLOW_LIST_TABLE", "");
  }

  public String auditTable() {
    return variables.getOrDefault("AUDIT_TABLE", "");
  }

  /** The stand-in, if no other STS was asked for. */
  public Sts sts() {
    return sts.orElseThrow();
  }

  /** Where STS is, past any proxy. */
  public URI stsUrl() {
    return stsUrl;
  }

  /** What the functions' calls to STS go through, if faults were asked for. */
  public FaultyProxy stsProxy() {
    return stsProxy.orElseThrow();
  }

  /** What the functions' calls to DynamoDB go through, if faults were asked for. */
  public FaultyProxy tablesProxy() {
    return tablesProxy.orElseThrow();
  }

  /** For more keys: {@code keys().issue(principal)}. */
  public Keys keys() {
    return keys;
  }

  /** For more permissions. */
  public Attachments attachments() {
    return attachments;
  }

  /** A caller of the gateway. */
  public SignedClient caller(Keys.Key key) {
    return new SignedClient(url(), "execute-api", REGION, key, clock);
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.err.println("A part doesn't stop: " + e);
      }
    }
  }

  /** What Lambda would set for the functions. */
  public Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>(variables);
    Keys.Key vendor = people.vendor();
    environment.put("AWS_REGION", REGION);
    environment.put("AWS_ACCESS_KEY_ID", vendor.id());
    environment.put("AWS_SECRET_ACCESS_KEY", vendor.secret());
    environment.put("AWS_SESSION_TOKEN", vendor.token().orElseThrow());
    environment.put(
        "AWS_ENDPOINT_URL_STS", stsProxy.map(FaultyProxy::url).orElse(stsUrl).toString());
    environment.put(
        "AWS_ENDPOINT_URL_DYNAMODB",
        tablesProxy.map(FaultyProxy::url).orElse(tables.url()).toString());
    return environment;
  }

  /** Writes what a shell needs to use the stack, as {@code target/local.env} has it. */
  public void writeEnvironment(Path file) throws IOException {
    LocalEnv.write(file, this);
  }

  /** The functions' environment variables as the template sets them. */
  private static Map<String, String> variables(Template template) {
    Map<String, String> variables = new LinkedHashMap<>();
    template.ofType("AWS::Serverless::Function").stream()
        .map(template::environment)
        .forEach(variables::putAll);
    return variables;
  }

  private void addRoles() {
    for (Demonstration client : List.of(demonstration, newClient)) {
      sts.ifPresent(
          here -> here.addRole(client.roleArn(), client.trustPolicy(), client.maxSession()));
    }
  }

  private void seedRows() {
    var callers = List.of(people.pipeline().principal(), people.session().principal());
    demonstration.seed(tables, allowListTable(), callers, clock.instant());
  }

  private Sts startSts() throws IOException {
    var verifier = new SigV4("sts", REGION, Clock.systemUTC(), clock, keys);
    return opened(new Sts(0, verifier, clock, keys, attachments));
  }

  private Tables tables(Options options) throws IOException {
    return options.tablesEndpoint().isPresent()
        ? Tables.at(options.tablesEndpoint().get(), REGION, template.tables())
        : Tables.embedded(0, REGION, template.tables());
  }

  private Optional<FaultyProxy> proxy(Options options, URI upstream) throws IOException {
    return options.faults() ? Optional.of(opened(new FaultyProxy(upstream))) : Optional.empty();
  }

  private Gateway gateway(Options options) throws IOException {
    return new Gateway(
        options.port(),
        new GatewayApi(template, attachments),
        new SigV4("execute-api", REGION, clock, keys),
        clock,
        options.functions().start(environment(), clock));
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** 128 random bits, which nobody guesses. */
  private static String externalId() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}

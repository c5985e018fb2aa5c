package vended.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.AllowListRows;
import vended.local.Items;
import vended.local.Keys;
import vended.local.Reprobes;
import vended.local.SignedClient;
import vended.local.StateMachine.StateFailed;
import vended.local.TestStack;

/**
 * The local stack with the schedule, clients to be probed by it, and what operators are told. It is
 * reset before each test of the class that registers it, and closed after the last.
 */
final class ReprobeStack implements BeforeEachCallback, AfterAllCallback {
  static final String PROBER = "arn:aws:lambda:eu-west-1:111122223333:function:vended-reprobe";
  static final String SETTLER = "arn:aws:lambda:eu-west-1:111122223333:function:vended-settle";

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final ProbeStack stack;
  private final Reprobes reprobes;

  ReprobeStack() {
    PrintStream console = System.out;
    // Metrics go to the standard output that there is when the functions start.
    System.setOut(new PrintStream(told, true, UTF_8));
    try {
      stack = new ProbeStack();
      reprobes = new Reprobes(stack.local(), stack.clock(), stack.clock(), TestStack.PATIENT);
    } finally {
      System.setOut(console);
    }
  }

  ProbeStack probes() {
    return stack;
  }

  Reprobes reprobes() {
    return reprobes;
  }

  /** Invokes a step by itself, by its function's logical ID. */
  Object invoke(String function, Map<String, ?> input) throws StateFailed {
    return reprobes.invoke(reprobes.alias(function), input);
  }

  /** As at the start: the demonstration's client and role alone. */
  void reset() {
    stack.reset();
    reprobes.breakWhere((function, input) -> false);
    told.reset();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stack.close();
  }

  /** The lines of a metric since the last reset. */
  List<String> told(String metric) {
    return told.toString(UTF_8).lines().filter(line -> line.contains(metric)).toList();
  }

  /** A client with one verified role, which is sound, and a grant of it to the pipeline. */
  String addClient(int number) {
    String account = "5000%08d".formatted(number);
    String role = "arn:aws:iam::%s:role/vended/deploy".formatted(account);
    Map<String, AttributeValue> row =
        AllowListRows.client(account, "Client " + number, externalId(account), role, Instant.now());
    put(row);
    var pipeline = stack.local().people().pipeline().principal();
    put(AllowListRows.grant(pipeline.identityArn(), pipeline.userId(), role, Instant.now()));
    trust(role, condition(externalId(account)), "\"sts:SetSourceIdentity\", \"sts:TagSession\"");
    return role;
  }

  /** A client without a verified role. */
  void addClientWithoutRoles(int number) {
    String account = "6000%08d".formatted(number);
    var row =
        AllowListRows.client(
            account, "Client", externalId(account), "arn:aws:iam::1:role/x", Instant.now());
    row.put("roles", AttributeValue.fromM(Map.of()));
    put(row);
  }

  /** A client with many verified roles of long names. */
  void addClientWithRoles(int number, int roles) {
    String account = "7000%08d".formatted(number);
    var row =
        AllowListRows.client(
            account, "Client", externalId(account), "arn:aws:iam::1:role/x", Instant.now());
    AttributeValue verified = Items.value(row, "roles").m().values().iterator().next();
    Map<String, AttributeValue> all = new LinkedHashMap<>();
    for (int i = 0; i < roles; i++) {
      all.put(
          "arn:aws:iam::%s:role/vended/%s/role-%d".formatted(account, "p".repeat(500), i),
          verified);
    }
    row.put("roles", AttributeValue.fromM(all));
    put(row);
  }

  private static String externalId(String account) {
    return "external-id-of-" + account;
  }

  static String condition(String externalId) {
    return ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"%s\"}}"
        .formatted(externalId);
  }

  /** Has a role trust the vendor, under a condition, and allow it other actions besides. */
  void trust(String role, String condition, String... others) {
    String vendor = stack.local().people().vendor().principal().identityArn();
    String actions = String.join(", ", List.of(others));
    String trust =
        """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"%s}%s]}
        """
            .formatted(
                vendor,
                condition,
                actions.isEmpty()
                    ? ""
                    : ", {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"%s\"}, \"Action\": [%s]}"
                        .formatted(vendor, actions));
    stack.local().sts().addRole(role, trust, Duration.ofHours(1));
  }

  /** The role comes to let anybody in whom the vendor works for. */
  void openToStrangers(String role) {
    trust(role, "", "\"sts:SetSourceIdentity\", \"sts:TagSession\"");
  }

  void put(Map<String, AttributeValue> row) {
    stack.local().tables().client().putItem(p -> p.tableName(allowList()).item(row));
  }

  /** Removes the client of a role. */
  void remove(String role) {
    var row = client(role);
    var key = Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk"));
    stack.local().tables().client().deleteItem(d -> d.tableName(allowList()).key(key));
  }

  private String allowList() {
    return stack.local().allowListTable();
  }

  /** All of the allow-list, by key. */
  Map<String, Map<String, AttributeValue>> rows() {
    Map<String, Map<String, AttributeValue>> rows = new LinkedHashMap<>();
    stack
        .local()
        .tables()
        .rows(allowList())
        .forEach(row -> rows.put(Items.text(row, "pk") + " " + Items.text(row, "sk"), row));
    return rows;
  }

  Map<String, AttributeValue> client(String role) {
    return rows().getOrDefault("account#" + role.split(":", 6)[4] + " client", Map.of());
  }

  /** A role as its client's row has it. */
  Map<String, AttributeValue> role(String role) {
    return Items.value(Items.value(client(role), "roles").m(), role).m();
  }

  /** How many runs of the schedule have ended well. */
  long runs() {
    return stack.local().tables().rows(stack.local().auditTable()).stream()
        .filter(row -> Items.text(row, "pk").equals("runs#reprobe"))
        .count();
  }

  /** The audit's rows of a role, in order. */
  List<Map<String, AttributeValue>> audit(String role) {
    return stack.local().tables().rows(stack.local().auditTable()).stream()
        .filter(row -> row.containsKey("roleArn") && Items.text(row, "roleArn").equals(role))
        .sorted(Comparator.comparing(row -> Items.text(row, "pk") + Items.text(row, "sk")))
        .toList();
  }

  /** What an audit's row is: {@code admin-outcome made}, {@code probe}… */
  static String kind(Map<String, AttributeValue> row) {
    return Items.text(row, "sk")
        + (row.containsKey("outcome") ? " " + Items.text(row, "outcome") : "")
        + (row.containsKey("reason") ? " " + Items.text(row, "reason") : "");
  }

  int vend(String role) throws Exception {
    return post(stack.local().people().pipeline(), "/credentials", ProbeStack.body(role))
        .statusCode();
  }

  HttpResponse<String> post(Keys.Key key, String path, String body) throws Exception {
    try (SignedClient client = stack.local().caller(key)) {
      return client.post(path, body);
    }
  }
}

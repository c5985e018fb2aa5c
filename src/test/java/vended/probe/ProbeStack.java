package vended.probe;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.TimeLimits;
import vended.clock.SkippingClock;
import vended.json.JsonObject;
import vended.local.AllowListRows;
import vended.local.Demonstration;
import vended.local.Functions;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.report.make.ReportLimits;

/**
 * The local stack, with an administrator who probes and a clock that nobody waits for. It is reset
 * before each test of the class that registers it, and closed after the last.
 */
final class ProbeStack implements BeforeEachCallback, AfterAllCallback, AutoCloseable {
  private final SkippingClock clock = new SkippingClock();
  private final LocalStack local;

  ProbeStack() {
    this(TestStack.PATIENT);
  }

  ProbeStack(TimeLimits limits) {
    Functions functions = Functions.ofService(clock, limits, ReportLimits.ofFunction());
    local = TestStack.of(Options.of(functions).withClock(clock).withFaults()).stack();
  }

  LocalStack local() {
    return local;
  }

  SkippingClock clock() {
    return clock;
  }

  void reset() {
    clock.reset();
    local.reset();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    local.close();
  }

  String role() {
    return local.demonstration().roleArn();
  }

  Map<String, String> names() {
    String externalId = local.demonstration().externalId();
    return Map.of(
        "vendor", local.people().vendor().principal().identityArn(),
        "externalId", externalId,
        "begin", externalId.substring(0, 8));
  }

  static Map<String, AttributeValue> capabilities(boolean sourceIdentity, boolean tags) {
    return Map.of(
        "verifiedAt", AttributeValue.fromS(Instant.now().toString()),
        "sourceIdentity", AttributeValue.fromBool(sourceIdentity),
        "sessionTags", AttributeValue.fromBool(tags));
  }

  void putClient(Map<String, AttributeValue> role) {
    putClient(role, "version", AttributeValue.fromN("1"));
  }

  void putClient(
      Map<String, AttributeValue> role, String attribute, @Nullable AttributeValue value) {
    Map<String, AttributeValue> row =
        AllowListRows.client(
            Demonstration.CLIENT_ACCOUNT,
            "Example Client",
            local.demonstration().externalId(),
            role(),
            Instant.now());
    row.put("roles", AttributeValue.fromM(Map.of(role(), AttributeValue.fromM(role))));
    if (value == null) {
      row.remove(attribute);
    } else {
      row.put(attribute, value);
    }
    local.tables().client().putItem(p -> p.tableName(local.allowListTable()).item(row));
  }

  HttpResponse<String> probe(Keys.Key key) throws Exception {
    return probe(key, role());
  }

  HttpResponse<String> probe(Keys.Key key, String role) throws Exception {
    try (SignedClient client = local.caller(key)) {
      return client.post("/probes", body(role));
    }
  }

  static String body(String role) {
    return "{\"roleArn\":\"%s\"}".formatted(role);
  }

  static Map<String, @Nullable Object> members(HttpResponse<String> answer) {
    return ((JsonObject.Read) JsonObject.read(answer.body())).object().members();
  }

  /** The audit's records, without the rows that only say which probe of a role is the newest. */
  List<Map<String, AttributeValue>> audit() {
    return local.tables().rows(local.auditTable()).stream()
        .filter(item -> !Items.text(item, "pk").startsWith("probes#"))
        .sorted(Comparator.comparing(item -> Items.text(item, "sk")))
        .toList();
  }
}

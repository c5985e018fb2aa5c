package vended;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.iam.Policy;
import vended.json.JsonObject;
import vended.local.AllowListRows;
import vended.local.FaultyProxy;
import vended.local.Functions;
import vended.local.Issued;
import vended.local.Items;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.Principal;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.telemetry.Emf;
import vended.template.Template;

/** Each row of {@code hostile.yaml}, through the HTTP front. */
class HostileInputsTest {
  private static final String DEPLOYER = "arn:aws:sts::111122223333:assumed-role/Deployer/build-42";
  private static final String DEPLOYER_ID = "AROAEXAMPLEDEPLOYER1";

  private static final ByteArrayOutputStream METRICS = new ByteArrayOutputStream();

  @RegisterExtension
  static final TestStack PATIENT =
      TestStack.of(Options.of(Functions.ofService(TestStack.PATIENT)).withFaults())
          .printingTo(METRICS)
          .resetOnce();

  /** With the time limits of the deployed functions, for rows where something hangs. */
  @RegisterExtension
  static final TestStack DEPLOYED =
      TestStack.of(Options.of(Functions.ofService()).withFaults()).printingTo(METRICS).resetOnce();

  private static final Template template =
      Template.read(Path.of("template.yaml"), Map.of("AWS::Region", LocalStack.REGION));

  private static LocalStack stack = PATIENT.stack();

  static Stream<HostileRow> rows() throws IOException {
    return HostileRow.all().stream().filter(row -> !row.hangs());
  }

  static Stream<HostileRow> hangingRows() throws IOException {
    return HostileRow.all().stream().filter(HostileRow::hangs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void whatComesIn_AndAllThatComesOfIt(HostileRow row) throws Exception {
    stack = PATIENT.stack();
    check(row);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hangingRows")
  // The function's own time limit: whatever hangs, the answer and its record come before that.
  @Timeout(15)
  void whateverHangs_TheAnswerAndItsRecordComeInTime(HostileRow row) throws Exception {
    stack = DEPLOYED.stack();
    check(row);
  }

  private static void check(HostileRow row) throws Exception {
    arrange(row);

    HttpResponse<String> answer = ask(row);

    assertThat(answer.statusCode())
        .as("%s: %s", row, answer.body())
        .isEqualTo(row.number("status", 0));
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Retry-After").isPresent())
        .as("Retry-After")
        .isEqualTo(answer.statusCode() == 503 && !answer.body().contains("\"code\":\"unsure\""));
    assertBody(row, answer.body());
    var written = stack.tables().rows(stack.auditTable());
    assertThat(audit(written)).as(row.toString()).isEqualTo(row.list("audit"));
    int calls = row.list("audit").contains("intent") ? 1 : 0;
    assertThat(stack.stsProxy().count("AssumeRole")).isEqualTo(row.number("stsCalls", calls));
    if (row.members().containsKey("metrics")) {
      assertThat(metrics()).isEqualTo(Set.copyOf(row.list("metrics")));
    }
    assertNothingSecretIsKept(written.toString(), answer.body());
  }

  private static void arrange(HostileRow row) {
    stack.clear();
    METRICS.reset();
    Instant now = Instant.now();
    String role = stack.demonstration().roleArn();
    List<Map<String, AttributeValue>> rows = new ArrayList<>();
    add(
        rows,
        row.changed(
            "client",
            AllowListRows.client(
                "444455556666", "Example Client", stack.demonstration().externalId(), role, now),
            role,
            now));
    add(
        rows,
        row.changed(
            "grant",
            AllowListRows.grant("arn:aws:iam::111122223333:role/Deployer", DEPLOYER_ID, role, now),
            role,
            now));
    if (row.members().containsKey("hold")) {
      add(rows, row.changed("hold", AllowListRows.hold("444455556666", true, now), role, now));
    }
    if (row.members().containsKey("switch")) {
      add(rows, row.changed("switch", AllowListRows.vending(false, now), role, now));
    }
    stack.tables().put(stack.allowListTable(), rows);
    row.list("sts").forEach(answer -> arrangeSts((Map<?, ?>) answer, now));
    row.list("dynamodb").forEach(fault -> arrangeFault(stack.tablesProxy(), (Map<?, ?>) fault));
    row.list("network").forEach(fault -> arrangeFault(stack.stsProxy(), (Map<?, ?>) fault));
  }

  private static void add(
      List<Map<String, AttributeValue>> rows, @Nullable Map<String, AttributeValue> row) {
    if (row != null) {
      rows.add(row);
    }
  }

  private static void arrangeSts(Map<?, ?> answer, Instant now) {
    HostileRow.checkKnown(answer, "fail", "change");
    if (answer.get("fail") instanceof String fail) {
      String[] parts = fail.split(" ", 2);
      stack.sts().failNext(Integer.parseInt(parts[0]), parts[1]);
    }
    if (answer.get("change") instanceof Map<?, ?> change) {
      stack.sts().changeNext(issued -> changed(issued, change, now));
    }
  }

  private static Issued changed(Issued issued, Map<?, ?> change, Instant now) {
    Issued changed = issued;
    for (var entry : change.entrySet()) {
      Object value = HostileRow.timed(entry.getValue(), now);
      changed =
          switch ((String) entry.getKey()) {
            case "assumedRoleId" -> changed.withAssumedRoleId((String) value);
            case "packedPolicySize" -> changed.withPackedPolicySize((String) value);
            case "assumedRoleArn" -> changed.withAssumedRoleArn((String) value);
            case "token" -> changed.withSessionToken((String) value);
            case "expiration" -> changed.withExpiration((Instant) value);
            default -> throw new IllegalArgumentException("unknown member " + entry);
          };
    }
    return changed;
  }

  private static void arrangeFault(FaultyProxy proxy, Map<?, ?> fault) {
    HostileRow.checkKnown(fault, "operation", "part", "from", "to", "answer");
    proxy.fault(
        String.valueOf(fault.get("operation")),
        fault.get("part") instanceof String part ? part : "",
        fault.get("from") instanceof Integer from ? from : 1,
        fault.get("to") instanceof Integer to ? to : Integer.MAX_VALUE,
        fault(Objects.requireNonNull(fault.get("answer"))));
  }

  private static FaultyProxy.Fault fault(Object answer) {
    if (answer instanceof Map<?, ?> http) {
      return foreign(http);
    }
    return switch (String.valueOf(answer)) {
      case "close" -> new FaultyProxy.Close();
      case "lose" -> new FaultyProxy.LoseAnswer();
      case "hang" -> new FaultyProxy.Hang();
      case String error -> {
        String[] parts = error.split(" ", 2);
        yield FaultyProxy.Answer.dynamoError(Integer.parseInt(parts[0]), parts[1]);
      }
    };
  }

  private static FaultyProxy.Fault foreign(Map<?, ?> http) {
    HostileRow.checkKnown(http, "status", "headers", "body", "landed");
    Map<String, String> headers = new LinkedHashMap<>();
    if (http.get("headers") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
    }
    int status = (int) Objects.requireNonNull(http.get("status"));
    String body = http.get("body") instanceof String text ? text : "";
    var answer = new FaultyProxy.Answer(status, headers, body);
    return Boolean.TRUE.equals(http.get("landed")) ? new FaultyProxy.Replace(answer) : answer;
  }

  private static HttpResponse<String> ask(HostileRow row) throws Exception {
    Map<String, Object> caller = row.map("caller");
    HostileRow.checkKnown(caller, "arn", "id");
    String arn = (String) caller.getOrDefault("arn", DEPLOYER);
    String id = (String) caller.getOrDefault("id", DEPLOYER_ID + ":build-42");
    Principal principal = new Principal(arn, id, Optional.empty());
    Policy policy = Policy.identity(template.managedPolicy(row.text("policy", "CallerPolicy")));
    stack.attachments().attach(principal.identityArn(), List.of(policy));
    Keys.Key key = stack.keys().issue(principal, Instant.now().plusSeconds(3600));
    String body =
        row.text("body", "{\"roleArn\":\"{role}\"}")
                .replace("{role}", stack.demonstration().roleArn())
            + " ".repeat(row.number("padding", 0));
    try (SignedClient client = stack.caller(key)) {
      return client.post(row.text("route", "/credentials"), body);
    }
  }

  private static void assertBody(HostileRow row, String text) {
    var body = ((JsonObject.Read) JsonObject.read(text)).object().members();
    assertThat(body.containsKey("SecretAccessKey")).isEqualTo(row.flag("credentials"));
    assertThat(text.contains("ASIA")).as("an access key left").isEqualTo(row.flag("credentials"));
    assertThat(text).doesNotContain("must not reach a caller");
    if (row.members().containsKey("code")) {
      assertThat(body.get("code")).isEqualTo(row.text("code", ""));
    }
    if (body.containsKey("code") && body.containsKey("vendId")) {
      assertThat(body.get("retryable"))
          .as("whether sending the same request again can help")
          .isEqualTo(
              List.of(500, 503).contains(row.number("status", 0))
                  && !"unsure".equals(body.get("code")));
    }
    List<Object> places = new ArrayList<>();
    if (body.get("errors") instanceof List<?> errors) {
      errors.forEach(error -> places.add(((Map<?, ?>) error).get("pointer")));
    }
    assertThat(places).containsExactlyInAnyOrderElementsOf(row.list("errors"));
  }

  /** The audit records: {@code intent}, {@code granted}, {@code denied REASON}… */
  private static List<String> audit(List<Map<String, AttributeValue>> written) {
    return written.stream()
        .filter(item -> !Items.text(item, "pk").startsWith("probes#"))
        .sorted(Comparator.comparing(item -> Items.text(item, "sk")))
        .map(HostileInputsTest::summary)
        .toList();
  }

  private static String summary(Map<String, AttributeValue> item) {
    String kind = Items.text(item, "sk");
    return switch (kind) {
      case "outcome", "admin-outcome" -> {
        String outcome = Items.text(item, "outcome");
        yield item.containsKey("reason") ? outcome + " " + Items.text(item, "reason") : outcome;
      }
      default -> kind;
    };
  }

  /** What raises an alarm: the names of the metrics that were counted. */
  private static Set<String> metrics() {
    return METRICS
        .toString(UTF_8)
        .lines()
        .flatMap(line -> Emf.read(line).stream())
        .map(Emf.Sample::metric)
        .filter(Set.of("AuditFailed", "CorruptRow")::contains)
        .collect(Collectors.toSet());
  }

  private static void assertNothingSecretIsKept(String kept, String answer) {
    var body = ((JsonObject.Read) JsonObject.read(answer)).object().members();
    // The stand-in's tokens all begin so, as AWS's do.
    assertThat(kept)
        .doesNotContain("IQoJb3Jp", stack.demonstration().externalId(), "must-not-be-stored");
    if (body.get("SecretAccessKey") instanceof String secret) {
      assertThat(kept).doesNotContain(secret);
    }
  }
}

package vended.fuzz.target;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vended.InMemory;
import vended.Wiring;
import vended.api.ApiHandler;
import vended.api.SampleContext;
import vended.api.admin.AdminHandler;
import vended.api.audit.AuditHandler;
import vended.api.vend.VendHandler;
import vended.fuzz.Data;
import vended.fuzz.Target;
import vended.fuzz.oracle.StrictJson;
import vended.fuzz.oracle.StrictJson.Parsed;
import vended.fuzz.oracle.StrictJson.Written;
import vended.priming.SampleRows;

/**
 * Bodies of every route: whatever they are, the functions answer with JSON and without a fault of
 * their own, and credentials are of the role and the duration that the body asks for.
 */
public final class BodyTarget implements Target {
  private static final List<String> VEND = List.of("/credentials", "/roles", "/probes");
  private static final List<String> ADMIN =
      List.of(
          "/clients/put",
          "/clients/list",
          "/clients/suspend",
          "/clients/activate",
          "/grants/put",
          "/grants/list",
          "/grants/remove",
          "/grants/apply");
  private static final List<String> AUDIT =
      List.of(
          "/audit/query",
          "/audit/caller",
          "/audit/report",
          "/audit/reconcile",
          "/access/list",
          "/access/why",
          "/access/status");
  private static final Set<String> MEMBERS =
      Set.of("roleArn", "durationSeconds", "policy", "policyArns", "context");

  private final ApiHandler vend;
  private final ApiHandler admin;
  private final ApiHandler audit;

  /** Functions on answers from memory. */
  public BodyTarget() {
    Wiring wiring = InMemory.wiring();
    vend = new VendHandler(wiring);
    admin = new AdminHandler(wiring);
    audit = new AuditHandler(wiring);
  }

  @Override
  public void check(byte[] input) {
    Data data = new Data(input);
    int route = data.below(VEND.size() + ADMIN.size() + AUDIT.size());
    boolean encoded = data.below(8) == 7;
    String text = data.rest();
    String body =
        encoded ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) : text;
    APIGatewayProxyResponseEvent answer = answer(route, body, encoded);
    Parsed json = StrictJson.parse(answer.getBody());
    String type = answer.getHeaders().getOrDefault("Content-Type", "");
    Target.check(answer.getStatusCode() < 500, "no fault", route, text, answer.getBody());
    Target.check(
        !type.contains("json") || json != null || type.contains("ndjson") || type.contains("jsonl"),
        "JSON",
        route,
        text,
        answer.getBody());
    Target.check(
        "no-store".equals(answer.getHeaders().get("Cache-Control")),
        "not kept",
        answer.getHeaders());
    if (route == 0 && answer.getStatusCode() == 200) {
      vended(text, answer.getBody());
    }
  }

  private static void vended(String body, String answer) {
    Parsed asked = StrictJson.parse(body);
    Target.check(
        asked != null
            && !asked.doubled()
            && asked.value() instanceof Map<?, ?> members
            && MEMBERS.containsAll(members.keySet())
            && SampleRows.ROLE.equals(members.get("roleArn"))
            && isDuration(members),
        "exactly what was granted and asked for",
        body,
        answer);
    Target.check(answer.contains(":assumed-role/priming/"), "of this role", answer);
  }

  private static boolean isDuration(Map<?, ?> members) {
    return !(members.get("durationSeconds") instanceof Written number)
        || (number.isWhole()
            && Long.parseLong(number.digits()) >= 900
            && Long.parseLong(number.digits()) <= 3600);
  }

  private APIGatewayProxyResponseEvent answer(int route, String body, boolean encoded) {
    if (route < VEND.size()) {
      return call(vend, VEND.get(route), body, encoded);
    }
    int at = route - VEND.size();
    return at < ADMIN.size()
        ? call(admin, ADMIN.get(at), body, encoded)
        : call(audit, AUDIT.get(at - ADMIN.size()), body, encoded);
  }

  private static APIGatewayProxyResponseEvent call(
      ApiHandler handler, String path, String body, boolean encoded) {
    RequestIdentity identity =
        new RequestIdentity()
            .withAccountId(SampleRows.VENDOR)
            .withUserArn("arn:aws:sts::%s:assumed-role/Priming/fuzz".formatted(SampleRows.VENDOR))
            .withCaller(SampleRows.CALLER_ID + ":fuzz");
    return handler.handleRequest(
        new APIGatewayProxyRequestEvent()
            .withHttpMethod("POST")
            .withResource(path)
            .withBody(body)
            .withIsBase64Encoded(encoded)
            .withRequestContext(new ProxyRequestContext().withStage("v1").withIdentity(identity)),
        new SampleContext());
  }

  private static String seed(int route, String body) {
    return (char) route + "\0" + body;
  }

  @Override
  public List<String> seeds() {
    String role = "\"roleArn\":\"" + SampleRows.ROLE + "\"";
    String caller = "\"caller\":\"arn:aws:iam::111122223333:role/Priming\"";
    String account = "\"account\":\"444455556666\"";
    return List.of(
        seed(0, "{" + role + ",\"durationSeconds\":900,\"context\":{\"build\":\"42\"}}"),
        seed(0, "{" + role + ",\"policy\":\"{\\\"Statement\\\":[]}\",\"policyArns\":[]}"),
        seed(1, "{\"limit\":5,\"after\":\"YQ\"}"),
        seed(2, "{" + role + ",\"format\":\"table\"}"),
        seed(3, "{" + account + ",\"name\":\"A\",\"roles\":[\"" + SampleRows.ROLE + "\"]}"),
        seed(4, "{" + account + ",\"format\":\"table\"}"),
        seed(5, "{" + account + ",\"suspended\":true}"),
        seed(6, "{" + account + ",\"probeId\":\"01JZ0000000000000000000000\"}"),
        seed(
            7,
            "{" + caller + "," + role + ",\"unpinned\":true,\"tags\":{\"a\":\"b\"},\"version\":1}"),
        seed(8, "{" + caller + ",\"format\":\"lines\",\"limit\":3,\"after\":\"YQ\"}"),
        seed(9, "{" + caller + "," + role + ",\"version\":1}"),
        seed(10, "{\"lines\":[\"{\\\"caller\\\":\\\"x\\\"}\"],\"dryRun\":true}"),
        seed(11, "{" + caller + ",\"outcome\":\"denied\",\"since\":\"2025-12-31T00:00:00Z\"}"),
        seed(12, "{" + caller + "}"),
        seed(13, "{\"since\":\"2025-12-31T00:00:00Z\",\"format\":\"html\"}"),
        seed(
            14,
            "{\"since\":\"2025-12-31T00:00:00Z\",\"until\":\"2025-12-31T01:00:00Z\",\"events\":[{}]}"),
        seed(15, "{" + account + ",\"format\":\"csv\"}"),
        seed(16, "{" + caller + "," + role + "}"),
        seed(17, "{}"));
  }

  @Override
  public List<String> words() {
    return List.of(
        "\"format\":\"json\"",
        "\"format\":\"csv\"",
        "\"format\":\"table\"",
        "\"limit\":",
        "\"cursor\":",
        "\"after\":",
        "\"durationSeconds\":",
        "\"policy\":",
        "\"kind\":\"all\"",
        "\"since\":",
        "\"until\":",
        "\"vendId\":\"01JZ0000000000000000000000\"",
        "\"client\":\"A\"",
        "\"reason\":",
        "null",
        "true",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "9999-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z",
        "-1",
        "3601",
        "\\u0000",
        "\\ud800",
        "{\"a\":",
        SampleRows.ROLE);
  }
}

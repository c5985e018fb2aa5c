package vended.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.AllowListRows;
import vended.local.Functions;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.SignedClient;
import vended.local.TestStack;
import vended.report.make.ReportLimits;

/** A local stack in which every secret is planted, and each answer of which is searched. */
final class Plot implements AutoCloseable {
  /** Whether everything is tried: {@code ./mvnw -Pcanary}. */
  static final boolean FULL = Boolean.getBoolean("canary.full");

  static final String ISSUED = "what STS issued";
  static final String EXTERNAL_ID = "an ExternalId";
  static final Canaries.Allowed CREDENTIALS =
      new Canaries.Allowed("200 of /credentials", "the caller asked for these");
  static final Canaries.Allowed ADMINISTRATORS =
      new Canaries.Allowed(
          "administrators' answers of /clients and /probes", "they tell it to the client");
  static final Canaries.Allowed ALLOW_LIST =
      new Canaries.Allowed("the client's row of the allow-list", "it is kept there");

  static final Canaries.Allowed CONNECTIONS =
      new Canaries.Allowed(
          "the JDK's own log of connections, level FINE",
          "only who configures the function can switch it on, and the token is of no use outside");

  /** Of a client whose row is corrupt: the ExternalId is where a number should be. */
  static final String CORRUPT = "999900001111";

  static final String IMPORTED = "imported/external-id+of=a,client@here";

  final Canaries canaries = new Canaries();
  final LocalStack stack;
  private final SignedClient connections;

  Plot() throws IOException {
    Functions functions =
        Functions.ofService(duration -> {}, TestStack.PATIENT, ReportLimits.ofFunction());
    stack = LocalStack.start(Options.of(functions).withFaults());
    connections = stack.caller(stack.people().pipeline());
    plantKeys();
    canaries.plant(EXTERNAL_ID, stack.demonstration().externalId());
    canaries.plant(EXTERNAL_ID, stack.newClient().externalId());
    canaries.plant(EXTERNAL_ID, IMPORTED);
    stack
        .sts()
        .onIssue(
            (asked, issued) -> {
              canaries.plant(ISSUED, String.valueOf(issued.secretAccessKey()));
              canaries.plant(ISSUED, String.valueOf(issued.sessionToken()));
            });
    var row =
        AllowListRows.client(
            CORRUPT,
            "Corrupt",
            stack.demonstration().externalId(),
            "arn:aws:iam::%s:role/vended/deploy".formatted(CORRUPT),
            Instant.now());
    row.put("version", AttributeValue.fromS(stack.demonstration().externalId()));
    stack.tables().put(stack.allowListTable(), List.of(row));
  }

  private void plantKeys() {
    var people = stack.people();
    plant("the pipeline's key", people.pipeline());
    plant("the session's key", people.session());
    plant("the administrator's key", people.administrator());
    plant("the auditor's key", people.auditor());
    plant("a client's own key", people.client());
    plant("a client's own key", people.newClient());
    plant("the vendor role's credentials", people.vendor());
    plant("the vendor role's credentials", people.reprobe());
  }

  void plant(String kind, Keys.Key key) {
    canaries.plant(kind, key.secret());
    key.token().ifPresent(token -> canaries.plant(kind, token));
  }

  /** Asks, and searches the answer. */
  HttpResponse<String> ask(Keys.Key who, String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return ask(who, path, Json.write(body));
  }

  HttpResponse<String> ask(Keys.Key who, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = connections.as(who).post(path, body);
    String place = "answer %d of %s".formatted(answer.statusCode(), path);
    String text = answer.headers().map() + "\n" + answer.body();
    boolean administers = who.equals(stack.people().administrator());
    if (path.equals("/credentials") && answer.statusCode() == 200) {
      var members = members(answer);
      canaries.searchBut(
          CREDENTIALS,
          place,
          text,
          String.valueOf(members.get("SecretAccessKey")),
          String.valueOf(members.get("SessionToken")));
    } else if (administers && (path.startsWith("/clients/") || path.equals("/probes"))) {
      plantExternalId(answer);
      canaries.searchBut(ADMINISTRATORS, place, text, canaries.all(EXTERNAL_ID));
    } else {
      canaries.search(place, text);
    }
    return answer;
  }

  /** One that the service has made. */
  private void plantExternalId(HttpResponse<String> answer) {
    for (String member : List.of("client", "rotation")) {
      if (members(answer).get(member) instanceof Map<?, ?> has) {
        for (String name : List.of("externalId", "nextExternalId", "previousExternalId")) {
          if (has.get(name) instanceof String id) {
            canaries.plant(EXTERNAL_ID, id);
          }
        }
      }
    }
  }

  static Map<String, ?> members(HttpResponse<String> answer) {
    return JsonObject.read(answer.body()) instanceof JsonObject.Read read
        ? read.object().members()
        : Map.of();
  }

  /** Searches both tables. */
  void searchTables() {
    for (var row : stack.tables().rows(stack.auditTable())) {
      row.forEach((name, value) -> canaries.search("audit: " + name, value.toString()));
    }
    for (var row : stack.tables().rows(stack.allowListTable())) {
      row.forEach(
          (name, value) ->
              canaries.searchBut(
                  ALLOW_LIST, "allow-list: " + name, value.toString(), canaries.all(EXTERNAL_ID)));
    }
  }

  /** So long that nothing of a test is left out of a page. */
  static String since() {
    return Instant.now().minus(Duration.ofHours(1)).toString();
  }

  /** Bytes of a text, for a stream. */
  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  public void close() {
    connections.close();
    stack.close();
  }
}

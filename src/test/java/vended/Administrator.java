package vended;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.audit.VendId;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.text.Sha256;

/** An administrator at the local stack, and what the tests look at behind its back. */
final class Administrator implements AutoCloseable {
  static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";
  static final String ACCOUNT = "555566667777";
  static final String CALLER = "arn:aws:iam::111122223333:role/Builder";
  static final String CALLER_ID = "AROAEXAMPLEBUILDER001";

  private static final AtomicInteger PROBES = new AtomicInteger();

  private final LocalStack stack;
  private final SignedClient client;

  Administrator(LocalStack stack) {
    this.stack = stack;
    this.client = stack.caller(stack.people().administrator());
  }

  /** What came back. */
  record Answer(int status, Map<String, @Nullable Object> body) {
    /** A member of a member of…, by names and numbers: {@code client/roles/0/verified}. */
    @Nullable Object at(String path) {
      Object value = body;
      for (String step : path.split("/", -1)) {
        value =
            switch (value) {
              case Map<?, ?> map -> map.get(step);
              case List<?> list -> list.get(Integer.parseInt(step));
              case null, default -> throw new AssertionError("no " + path + " in " + body);
            };
      }
      return value;
    }

    String text(String path) {
      return String.valueOf(at(path));
    }

    /** The places of the errors. */
    List<Object> places() {
      return body.get("errors") instanceof List<?> errors
          ? errors.stream()
              .<Object>map(e -> Objects.requireNonNull(((Map<?, ?>) e).get("pointer")))
              .toList()
          : List.of();
    }
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.post(path, body);
    return new Answer(
        answer.statusCode(), ((JsonObject.Read) JsonObject.read(answer.body())).object().members());
  }

  Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return post(path, Json.write(body));
  }

  /** A new client with one role, not verified. */
  Answer putClient() throws IOException, InterruptedException {
    return post(
        "/clients/put",
        Map.of("account", ACCOUNT, "name", "Another Client", "roles", List.of(ROLE)));
  }

  /**
   * A new client with one verified role, on a stack that was just reset; answers its ExternalId.
   * The first calls of a stack can be too slow for the functions' time limits.
   */
  String putVerifiedClient() throws IOException, InterruptedException {
    for (int tries = 1; ; tries++) {
      Answer put = putClient();
      if (put.status() == 200 && verify(put.text("client/externalId")).status() == 200) {
        return put.text("client/externalId");
      }
      if (tries == 5) {
        throw new AssertionError("no client: " + put.body());
      }
      stack.reset();
    }
  }

  /** Has a probe found the role safe, and activates it. */
  Answer verify(String externalId) throws IOException, InterruptedException {
    return post("/clients/activate", Map.of("probeId", probe(ROLE, externalId, true)));
  }

  /** Writes a probe's row as the vending function does; answers its ID. */
  String probe(String role, String externalId, boolean passed) {
    return probe(role, externalId, passed, Instant.now());
  }

  String probe(String role, String externalId, boolean passed, Instant at) {
    // Later IDs are of later probes.
    String id = "01ZZ%022d".formatted(PROBES.incrementAndGet());
    Map<String, AttributeValue> row = new HashMap<>();
    row.put("pk", text(new VendId(id).value()));
    row.put("sk", text("probe"));
    row.put("at", text(at.toString()));
    row.put("roleArn", text(role));
    row.put("passed", AttributeValue.fromBool(passed));
    row.put("withExternalId", text("works"));
    row.put("withoutExternalId", text(passed ? "refused" : "works"));
    row.put("withWrongExternalId", text("refused"));
    row.put("allowsSourceIdentity", AttributeValue.fromBool(true));
    row.put("allowsSessionTags", AttributeValue.fromBool(false));
    row.put("externalIdSha256", text(Sha256.sha256(externalId)));
    put(row);
    put(Map.of("pk", text("probes#" + role), "sk", text(id + "#probe")));
    return id;
  }

  private void put(Map<String, AttributeValue> item) {
    stack.tables().client().putItem(call -> call.tableName(stack.auditTable()).item(item));
  }

  /** Records of changes, in order: {@code admin clients/put}, {@code made clients/put}… */
  List<String> audit() {
    return records().stream()
        .map(
            item ->
                (item.containsKey("outcome") ? Items.text(item, "outcome") : "admin")
                    + " "
                    + Items.text(item, "action")
                    + (item.containsKey("reason") ? " " + Items.text(item, "reason") : ""))
        .toList();
  }

  List<Map<String, AttributeValue>> records() {
    return stack.tables().rows(stack.auditTable()).stream()
        .filter(item -> Items.text(item, "sk").startsWith("admin"))
        .sorted(Comparator.comparing(item -> Items.text(item, "pk") + Items.text(item, "sk")))
        .toList();
  }

  /** Rows of the allow-list that are not the demonstration's. */
  List<String> rows() {
    return stack.tables().rows(stack.allowListTable()).stream()
        .map(item -> Items.text(item, "pk"))
        .filter(pk -> pk.contains(ACCOUNT) || pk.contains("Builder") || pk.equals("vending"))
        .sorted()
        .toList();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  @Override
  public void close() {
    client.close();
  }
}

package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Administrator.Answer;
import vended.json.Json;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.SignedClient;
import vended.local.TestStack;

/**
 * What {@code /access/list} says of a grant is what {@code /credentials} then does: every
 * combination of states of the switch, the client, its role and the grant is listed and vended.
 */
class EffectiveAccessTest {
  private final Instant now = Instant.now();

  @RegisterExtension static final TestStack SHARED = TestStack.shared();
  private static final LocalStack stack = SHARED.stack();
  @AutoClose private static final Administrator admin = new Administrator(stack);

  private static final String ROLE = stack.demonstration().roleArn();
  private static final String PIPELINE = stack.people().pipeline().principal().identityArn();
  private static final AttributeValue YES = AttributeValue.fromBool(true);

  /** A change of a row; the name is for messages. */
  private record State(String name, Map<String, AttributeValue> attributes) {
    static State of(String name, String attribute, AttributeValue value) {
      return new State(name, Map.of(attribute, value));
    }

    static State sound() {
      return new State("sound", Map.of());
    }
  }

  private AttributeValue seconds(long later) {
    return AttributeValue.fromN(Long.toString(now.plusSeconds(later).getEpochSecond()));
  }

  private List<State> grants() {
    return List.of(
        State.sound(),
        State.of("disabled", "disabled", YES),
        State.of("not yet", "notBefore", seconds(3600)),
        State.of("valid for an hour", "expiresAt", seconds(3600)),
        State.of("over", "expiresAt", seconds(-3600)),
        State.of("corrupt", "unheardOf", YES));
  }

  private static List<State> clients(Map<String, AttributeValue> client) {
    return List.of(
        State.sound(),
        State.of("suspended", "suspended", YES),
        State.of("unverified", "roles", role(client, Map.of())),
        State.of("drifted", "roles", role(client, Map.of("drift", AttributeValue.fromS("P")))),
        State.of("without the role", "roles", AttributeValue.fromM(Map.of())),
        State.of("marked as own", "ownAccount", YES),
        State.of("corrupt", "unheardOf", YES),
        State.of("gone", "gone", YES));
  }

  private static AttributeValue role(
      Map<String, AttributeValue> client, Map<String, AttributeValue> role) {
    Map<String, AttributeValue> roles =
        new HashMap<>(Objects.requireNonNull(client.get("roles")).m());
    roles.put(ROLE, AttributeValue.fromM(role));
    return AttributeValue.fromM(roles);
  }

  private static Map<String, AttributeValue> row(String prefix, String sort) {
    return stack.tables().rows(stack.allowListTable()).stream()
        .filter(row -> Items.text(row, "pk").startsWith(prefix))
        .filter(row -> Items.text(row, "sk").equals(sort))
        .findFirst()
        .orElseThrow();
  }

  private static void write(Map<String, AttributeValue> row, State state) {
    Map<String, AttributeValue> changed = new HashMap<>(row);
    changed.putAll(state.attributes());
    if (state.attributes().containsKey("gone")) {
      stack
          .tables()
          .client()
          .deleteItem(
              call ->
                  call.tableName(stack.allowListTable())
                      .key(Map.of("pk", Items.value(row, "pk"), "sk", Items.value(row, "sk"))));
    } else {
      stack.tables().put(stack.allowListTable(), List.of(changed));
    }
  }

  private static Map<?, ?> listed() throws Exception {
    Answer answer = admin.post("/access/list", Map.of("caller", PIPELINE));
    return ((List<?>) Objects.requireNonNull(answer.at("grants")))
        .stream()
            .<Map<?, ?>>map(grant -> (Map<?, ?>) grant)
            .filter(grant -> ROLE.equals(grant.get("roleArn")))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void whatIsListedIsWhatIsVended() throws Exception {
    Map<String, AttributeValue> client = row("account#" + ROLE.split(":", -1)[4], "client");
    Map<String, AttributeValue> grant = row("caller#" + PIPELINE, "role#" + ROLE);
    List<String> wrong = new ArrayList<>();
    int vended = 0;
    try (SignedClient pipeline = stack.caller(stack.people().pipeline())) {
      for (boolean stopped : List.of(false, true)) {
        admin.post("/clients/suspend", Map.of("all", true, "stopped", stopped));
        for (State ofClient : clients(client)) {
          write(client, ofClient);
          // In the long run each with each.
          boolean usual = !stopped && ofClient.name().equals("sound");
          for (State ofGrant : usual || Soak.ON ? grants() : List.of(State.sound())) {
            write(grant, ofGrant);
            int status =
                pipeline.post("/credentials", Json.write(Map.of("roleArn", ROLE))).statusCode();
            Map<?, ?> listed = listed();
            boolean vendedNow = Boolean.TRUE.equals(listed.get("vendedNow"));
            List<?> reasons = (List<?>) Objects.requireNonNull(listed.get("reasons"));
            vended += vendedNow ? 1 : 0;
            if (vendedNow != (status == 200) || vendedNow != reasons.isEmpty()) {
              wrong.add(
                  "%s, client %s, grant %s: %d, %s"
                      .formatted(stopped, ofClient.name(), ofGrant.name(), status, reasons));
            }
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(vended).isEqualTo(2);
  }
}

package vended.lambda;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import vended.json.Json;

/**
 * A stand-in for the endpoint that has a function's credentials where SnapStart is on: a snapshot
 * outlives any that were in the environment.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">Activating
 *     SnapStart</a>
 */
public final class CredentialsEndpoint implements AutoCloseable {
  private final String token = UUID.randomUUID().toString();
  private final ThreadedServer server;
  private final Map<String, String> keys;

  /** Serves the keys that an environment has. */
  public CredentialsEndpoint(Map<String, String> environment) throws IOException {
    this.keys = Map.copyOf(environment);
    this.server = new ThreadedServer(this::serve);
  }

  /**
   * An environment as SnapStart's: with the endpoint, without keys, and with what makes the runtime
   * client wait for {@link RuntimeApi#restore}.
   */
  public Map<String, String> underSnapStart(Map<String, String> environment) {
    Map<String, String> changed = new LinkedHashMap<>(environment);
    changed.keySet().removeIf(name -> name.matches("AWS_(ACCESS|SECRET|SESSION)_.*"));
    changed.put(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + server.port() + "/credentials");
    changed.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", token);
    changed.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    return changed;
  }

  private HttpReply serve(HttpCall call) {
    boolean allowed = token.equals(call.headers().get("authorization"));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("AccessKeyId", value("AWS_ACCESS_KEY_ID"));
    document.put("SecretAccessKey", value("AWS_SECRET_ACCESS_KEY"));
    document.put("Token", value("AWS_SESSION_TOKEN"));
    document.put("Expiration", Instant.now().plusSeconds(3600).toString());
    return HttpReply.of(
        allowed ? 200 : 403, "application/json", allowed ? Json.write(document) : "{}");
  }

  private String value(String name) {
    String value = keys.get(name);
    if (value == null) {
      throw new IllegalStateException(name + " is not in the environment");
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

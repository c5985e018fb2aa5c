package vended.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import vended.json.Json;
import vended.local.Keys;

/**
 * A stand-in for the endpoint that has a function's credentials where SnapStart is on: a snapshot
 * outlives any that were in the environment.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">Activating
 *     SnapStart</a>
 */
final class CredentialsEndpoint implements AutoCloseable {
  private final String token = UUID.randomUUID().toString();
  private final HttpServer server;
  private final Keys.Key key;

  CredentialsEndpoint(Keys.Key key) throws IOException {
    this.key = key;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/credentials", this::serve);
    server.start();
  }

  /** An environment as SnapStart's: with the endpoint, and without keys. */
  Map<String, String> insteadOfKeys(Map<String, String> environment) {
    Map<String, String> changed = new LinkedHashMap<>(environment);
    changed.keySet().removeIf(name -> name.matches("AWS_(ACCESS|SECRET|SESSION)_.*"));
    changed.put(
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "http://127.0.0.1:" + server.getAddress().getPort() + "/credentials");
    changed.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", token);
    return changed;
  }

  private void serve(HttpExchange exchange) throws IOException {
    boolean allowed = token.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("AccessKeyId", key.id());
    document.put("SecretAccessKey", key.secret());
    document.put("Token", key.token().orElseThrow());
    document.put("Expiration", Instant.now().plusSeconds(3600).toString());
    byte[] body = (allowed ? Json.write(document) : "{}").getBytes(UTF_8);
    exchange.sendResponseHeaders(allowed ? 200 : 403, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package vended.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server that this machine alone can reach. */
final class LoopbackServer implements AutoCloseable {
  static {
    // Without it each answer waits 40 ms for the client's acknowledgement (Nagle's algorithm).
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // Longer than clients keep an unused connection, so that none is used while this side ends it.
    System.setProperty("sun.net.httpserver.idleInterval", "300");
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /** What a service answers. */
  record Answer(int status, Map<String, List<String>> headers, Content content) {
    Answer {
      headers = Map.copyOf(headers);
    }
  }

  /** Bytes of a body. A class of its own: arrays in records compare by identity. */
  static final class Content {
    private final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    byte[] bytes() {
      return bytes.clone();
    }
  }

  interface Service {
    /** Answers; {@code tooLarge} if the body was longer than the limit, and was cut there. */
    Answer answer(RawRequest request, boolean tooLarge, String sourceIp);
  }

  /** Serves from now on; port 0 is any free one. */
  LoopbackServer(int port, int bodyLimit, Service service) throws IOException {
    server = HttpServer.create(new InetSocketAddress(address(), port), 0);
    server.setExecutor(executor);
    server.createContext("/", exchange -> serve(exchange, bodyLimit, service));
    server.start();
  }

  /** By its number: the name "localhost" may be anything, and IPv6 first. */
  static InetAddress address() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private static void serve(HttpExchange exchange, int limit, Service service) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(limit + 1);
      List<RawRequest.Header> headers = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach((name, all) -> all.forEach(v -> headers.add(new RawRequest.Header(name, v))));
      RawRequest request =
          new RawRequest(
              exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
      String source = exchange.getRemoteAddress().getAddress().getHostAddress();
      send(exchange, service.answer(request, body.length > limit, source));
    } catch (RuntimeException e) {
      // The JDK's server would only end the connection, and say nothing to anyone.
      e.printStackTrace();
      throw e;
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.content().bytes();
    exchange.getResponseHeaders().putAll(answer.headers());
    boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }
}

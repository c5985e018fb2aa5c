package vended.script;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An HTTP server that writes down what it is asked and answers as a test says. */
final class StandIn implements AutoCloseable {
  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Function<Request, Answer> answers;
  private final String scheme;

  record Request(String method, String path, Headers headers, String body) {
    String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "" : value;
    }
  }

  record Answer(int status, String type, String body, Map<String, String> headers) {
    static Answer json(String body) {
      return new Answer(200, "application/json", body, Map.of());
    }

    static Answer text(String body) {
      return new Answer(200, "text/plain", body, Map.of());
    }

    static Answer problem(int status, String title, String detail) {
      return new Answer(
          status, "application/problem+json", Answers.problem(status, title, detail), Map.of());
    }

    Answer header(String name, String value) {
      return new Answer(status, type, body, Map.of(name, value));
    }
  }

  StandIn(Function<Request, Answer> answers) {
    this(answers, null);
  }

  /** Over TLS where there is a context. */
  StandIn(Function<Request, Answer> answers, @Nullable SSLContext tls) {
    this.answers = answers;
    this.scheme = tls == null ? "http" : "https";
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try {
      if (tls == null) {
        server = HttpServer.create(address, 0);
      } else {
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = https;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Vends to whoever asks. */
  static StandIn vending() {
    return new StandIn(request -> Answer.json(Answers.credentials()));
  }

  /** Gives one answer after the other, and the last one for ever. */
  static StandIn inTurn(Answer... answers) {
    var turn = new java.util.concurrent.atomic.AtomicInteger();
    return new StandIn(request -> answers[Math.min(turn.getAndIncrement(), answers.length - 1)]);
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Request request =
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body);
      requests.add(request);
      Answer answer = answers.apply(request);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package vended.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stand-in for the Lambda Runtime API: it gives the runtime one event after the other and takes
 * what it answers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">the Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final long LIMIT_SECONDS = 60;

  private final HttpServer server;
  private final String functionArn;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();

  /** What came for an event: from {@code response}, or from one of the {@code error} paths. */
  record Answer(String path, String body, long nanoTime) {}

  RuntimeApi(String functionArn) throws IOException {
    this.functionArn = functionArn;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PREFIX, this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} has them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Waits until the runtime asks for its first event: the handler is there. */
  long awaitReady() throws InterruptedException, TimeoutException, ExecutionException {
    return ready.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Gives the runtime an event and waits for what it answers. */
  Answer invoke(String event) throws InterruptedException, TimeoutException {
    events.add(event);
    Answer answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new TimeoutException("the runtime did not answer");
    }
    return answer;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (path.equals("invocation/next")) {
      ready.complete(System.nanoTime());
      next(exchange);
    } else {
      if (path.equals("init/error")) {
        ready.completeExceptionally(new IllegalStateException(body));
      }
      answers.add(new Answer(path.replaceFirst(".*/", ""), body, System.nanoTime()));
      exchange.sendResponseHeaders(202, -1);
    }
    exchange.close();
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      byte[] event = events.take().getBytes(UTF_8);
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
      headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
      headers.set(
          "Lambda-Runtime-Deadline-Ms",
          Long.toString(System.currentTimeMillis() + Duration.ofSeconds(15).toMillis()));
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

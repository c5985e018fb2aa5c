package vended.lambda;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stand-in for the Lambda Runtime API: it gives the runtime one event after the other and takes
 * what it answers. With SnapStart, it also says when the function was restored.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">the Runtime API</a>
 * @see <a
 *     href="https://github.com/aws/aws-lambda-java-libs/blob/main/aws-lambda-java-runtime-interface-client/src/main/java/com/amazonaws/services/lambda/runtime/api/client/AWSLambda.java">the
 *     runtime client, whose onInitComplete asks for restore/next between the hooks</a>
 */
public final class RuntimeApi implements AutoCloseable {
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final long LIMIT_SECONDS = 180;

  private final ThreadedServer server;
  private final String functionArn;
  private final Duration timeout;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final CompletableFuture<Long> checkpoint = new CompletableFuture<>();
  private final CompletableFuture<Long> restored = new CompletableFuture<>();
  private volatile long given;

  /**
   * What came for an event.
   *
   * @param path {@code response}, or the last part of one of the {@code error} paths
   * @param eventAt {@link System#nanoTime} when the event was given
   * @param nanoTime {@link System#nanoTime} when this was there
   */
  public record Answer(String path, String body, long eventAt, long nanoTime) {}

  /** For the vending function, whose events have 15 s. */
  public RuntimeApi(String functionArn) throws IOException {
    this(functionArn, Duration.ofSeconds(15));
  }

  /**
   * Serves one function.
   *
   * @param timeout the function's, counted from each event
   */
  public RuntimeApi(String functionArn, Duration timeout) throws IOException {
    this.functionArn = functionArn;
    this.timeout = timeout;
    this.server = new ThreadedServer(this::serve);
  }

  /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} has them. */
  public String address() {
    return "127.0.0.1:" + server.port();
  }

  /** Waits until the runtime asks for its first event: the handler is there. */
  public long awaitReady() throws InterruptedException, TimeoutException, ExecutionException {
    return ready.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Waits until the runtime is as the snapshot has it: it was started with {@code
   * AWS_LAMBDA_INITIALIZATION_TYPE=snap-start}, and the hooks before the checkpoint have run.
   */
  public long awaitCheckpoint() throws InterruptedException, TimeoutException, ExecutionException {
    return checkpoint.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Tells the runtime that it was restored; {@link #awaitReady} is when its hooks have run. */
  public void restore() {
    restored.complete(System.nanoTime());
  }

  /** Says that the runtime's process has ended, so that nobody waits for it any longer. */
  public void ended() {
    IllegalStateException failure = new IllegalStateException("the runtime's process has ended");
    checkpoint.completeExceptionally(failure);
    ready.completeExceptionally(failure);
    answers.add(new Answer("ended", "the runtime's process has ended", given, System.nanoTime()));
  }

  /** Gives the runtime an event and waits for what it answers. */
  public Answer invoke(String event) throws InterruptedException, TimeoutException {
    events.add(event);
    Answer answer = answers.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new TimeoutException("the runtime did not answer");
    }
    return answer;
  }

  private HttpReply serve(HttpCall call) throws IOException, InterruptedException {
    String path = call.path().substring(PREFIX.length());
    if (path.equals("invocation/next")) {
      ready.complete(call.readAt());
      return event(events.take());
    }
    if (path.equals("restore/next")) {
      checkpoint.complete(call.readAt());
      return restoration();
    }
    if (path.equals("init/error") || path.equals("restore/error")) {
      IllegalStateException failure = new IllegalStateException(call.body());
      checkpoint.completeExceptionally(failure);
      ready.completeExceptionally(failure);
    }
    answers.add(new Answer(path.replaceFirst(".*/", ""), call.body(), given, call.readAt()));
    return HttpReply.of(202, "application/json", "{\"status\":\"OK\"}");
  }

  private HttpReply event(String event) {
    HttpReply reply =
        HttpReply.of(200, "application/json", event)
            .with("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString())
            .with("Lambda-Runtime-Invoked-Function-Arn", functionArn)
            .with(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(System.currentTimeMillis() + timeout.toMillis()));
    given = System.nanoTime();
    return reply;
  }

  private HttpReply restoration() throws InterruptedException, IOException {
    try {
      restored.get();
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
    return HttpReply.of(200, "application/json", "{}");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

package vended.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the service and DynamoDB or STS, and lets a test break what the network and the
 * other side can break. It works on sockets: an HTTP library would hide a connection that ends.
 *
 * <p>Connections are kept while there are no faults. Once there is one, each ends after its next
 * answer, so that no broken request meets a connection that the service has used before.
 */
public final class FaultyProxy implements AutoCloseable {
  private final URI upstream;
  private final ServerSocket listener;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<WireRequest> seen = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch released = new CountDownLatch(1);

  /** What happens to a request. */
  public sealed interface Fault {}

  /** The other side is not asked; this is the answer. */
  public record Answer(int status, Map<String, String> headers, String body) implements Fault {
    private static final String DYNAMO_TYPE = "application/x-amz-json-1.0";

    public Answer {
      headers = Map.copyOf(headers);
    }

    public Answer(int status, String contentType, String body) {
      this(status, Map.of("Content-Type", contentType), body);
    }

    /** An error as DynamoDB's JSON protocol has it. */
    public static Answer dynamoError(int status, String code) {
      return new Answer(
          status,
          DYNAMO_TYPE,
          "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"a fault\"}"
              .formatted(code));
    }

    /** A success with the headers that DynamoDB sends. */
    public static Answer dynamo(String body) {
      return new Answer(
          200, Map.of("Content-Type", DYNAMO_TYPE, "x-amzn-RequestId", "REQUEST"), body);
    }
  }

  /** The other side does its work, and this answer arrives instead of its own. */
  public record Replace(Answer answer) implements Fault {}

  /** The other side is not asked; the connection ends. */
  public record Close() implements Fault {}

  /** The other side does its work, and then the connection ends: the answer is lost. */
  public record LoseAnswer() implements Fault {}

  /** The other side is not asked, and nothing comes until the proxy is reset or closed. */
  public record Hang() implements Fault {}

  /**
   * The first request that meets this is passed on once an action is done: what somebody else does
   * just before. Further tries of the same request wait for it too; other requests don't.
   */
  public static final class After implements Fault {
    private final FutureTask<?> action;
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();

    public After(Callable<?> action) {
      this.action = new FutureTask<>(action);
    }

    private void meet(String body) throws IOException, InterruptedException {
      first.compareAndSet(null, body);
      if (body.equals(first.get())) {
        action.run();
        try {
          action.get();
        } catch (ExecutionException e) {
          throw new IOException(e);
        }
      }
    }
  }

  /** What a request passes before it is passed on: it may wait there. */
  public interface Passage {
    /**
     * Returns when the request may go on.
     *
     * @return what is done once there is an answer
     */
    Runnable enter(String body) throws InterruptedException;
  }

  /** The request goes through a passage, and is then passed on. */
  public record Through(Passage passage) implements Fault {}

  private record Rule(String operation, String part, int from, int to, Fault fault, Counter met) {}

  private static final class Counter {
    private int count;

    synchronized int next() {
      return ++count;
    }
  }

  public FaultyProxy(URI upstream) throws IOException {
    this.upstream = upstream;
    this.listener = new ServerSocket(0, 0, LoopbackServer.address());
    executor.execute(this::listen);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /**
   * Breaks requests of an operation ({@code PutItem}, {@code AssumeRole}) whose body has {@code
   * part} in it, from the {@code from}th such request to the {@code to}th, counted from now.
   */
  public void fault(String operation, String part, int from, int to, Fault fault) {
    rules.add(new Rule(operation, part, from, to, fault, new Counter()));
  }

  /** Breaks all requests of an operation whose body has {@code part} in it. */
  public void fault(String operation, String part, Fault fault) {
    fault(operation, part, 1, Integer.MAX_VALUE, fault);
  }

  /** Forgets all faults and counts. */
  public void reset() {
    rules.clear();
    seen.clear();
    released.countDown();
    released = new CountDownLatch(1);
  }

  /** How many requests of an operation came, broken ones too. */
  public long count(String operation) {
    return seen.stream().filter(request -> request.operation().equals(operation)).count();
  }

  /** The bodies of the requests of an operation, oldest first. */
  public List<String> bodies(String operation) {
    return seen.stream()
        .filter(request -> request.operation().equals(operation))
        .map(WireRequest::body)
        .toList();
  }

  @Override
  public void close() throws IOException {
    reset();
    listener.close();
    executor.shutdownNow();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        executor.execute(() -> serve(socket));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        Upstream far = new Upstream(upstream)) {
      socket.setTcpNoDelay(true);
      boolean open = true;
      while (open) {
        WireRequest request = WireRequest.read(in);
        seen.add(request);
        byte[] answer = answer(request, far);
        open = rules.isEmpty() && WireResponse.keepsOpen(answer);
        socket.getOutputStream().write(open ? answer : WireResponse.announcingTheEnd(answer));
        socket.getOutputStream().flush();
      }
    } catch (IOException | InterruptedException e) {
      // The connection ends, and that is what the other side is to see.
    }
  }

  private byte[] answer(WireRequest request, Upstream far)
      throws IOException, InterruptedException {
    return switch (faultOf(request)) {
      case null -> far.send(request);
      case Answer made -> WireRequest.response(made.status(), made.headers(), made.body());
      case Replace(Answer other) -> {
        far.send(request);
        yield WireRequest.response(other.status(), other.headers(), other.body());
      }
      case Close closed -> new byte[0];
      case LoseAnswer lost -> {
        far.send(request);
        yield new byte[0];
      }
      case After after -> {
        after.meet(request.body());
        yield far.send(request);
      }
      case Through(Passage passage) -> {
        Runnable leave = passage.enter(request.body());
        try {
          yield far.send(request);
        } finally {
          leave.run();
        }
      }
      case Hang hung -> {
        released.await();
        yield new byte[0];
      }
    };
  }

  private @Nullable Fault faultOf(WireRequest request) {
    for (Rule rule : rules) {
      if (rule.operation().equals(request.operation()) && request.body().contains(rule.part())) {
        int number = rule.met().next();
        if (number >= rule.from() && number <= rule.to()) {
          return rule.fault();
        }
      }
    }
    return null;
  }
}

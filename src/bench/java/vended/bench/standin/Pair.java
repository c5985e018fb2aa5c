package vended.bench.standin;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ServerSocketFactory;
import vended.lambda.HttpCall;
import vended.lambda.HttpReply;
import vended.lambda.ThreadedServer;
import vended.lambda.ThreadedServer.Loss;

/** A DynamoDB and an STS for one function, so that connections are counted for it alone. */
final class Pair implements AutoCloseable {
  private final ThreadedServer dynamoDb;
  private final ThreadedServer sts;
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  private volatile Duration dynamoDbLatency = Duration.ZERO;
  private volatile Duration stsLatency = Duration.ZERO;

  Pair(ServerSocketFactory sockets, DynamoStandIn answers) throws IOException {
    dynamoDb = new ThreadedServer(sockets, call -> slept(call, answers.answer(call), true));
    sts = new ThreadedServer(sockets, call -> slept(call, StsStandIn.answer(call), false));
  }

  String ports() {
    return dynamoDb.port() + " " + sts.port();
  }

  void sleep(Duration dynamoDbCall, Duration stsCall) {
    dynamoDbLatency = dynamoDbCall;
    stsLatency = stsCall;
  }

  int accepted() {
    return dynamoDb.accepted() + sts.accepted();
  }

  void lose(Loss loss) {
    dynamoDb.lose(loss);
    sts.lose(loss);
  }

  /**
   * Each call since the last question: when its last byte was there, and how long its answer was
   * held back, in nanoseconds of the monotonic clock, which all processes share.
   */
  String calls() {
    StringBuilder text = new StringBuilder();
    for (String call = calls.poll(); call != null; call = calls.poll()) {
      text.append(call).append(' ');
    }
    return text.toString().strip();
  }

  private HttpReply slept(HttpCall call, HttpReply reply, boolean isDynamoDb)
      throws InterruptedException {
    Duration latency = isDynamoDb ? dynamoDbLatency : stsLatency;
    long left = latency.toNanos() - (System.nanoTime() - call.readAt());
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
    calls.add(call.readAt() + ":" + (System.nanoTime() - call.readAt()));
    return reply;
  }

  @Override
  public void close() throws IOException {
    dynamoDb.close();
    sts.close();
  }
}

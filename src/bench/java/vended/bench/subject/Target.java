package vended.bench.subject;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import vended.lambda.ThreadedServer.Loss;

/**
 * The DynamoDB and the STS of one function.
 *
 * @param name for the process that serves them
 * @param dynamoDb the endpoint's URL
 * @param sts the endpoint's URL
 */
public record Target(StandIns standIns, String name, String dynamoDb, String sts)
    implements AutoCloseable {
  /**
   * A call that the function made.
   *
   * @param readAt {@link System#nanoTime} when its last byte was there
   * @param slept how long its answer was held back, in nanoseconds
   */
  public record Call(long readAt, long slept) {}

  /** Holds each answer back for that long from now on. */
  public void sleep(Duration dynamoDbCall, Duration stsCall) {
    standIns.ask("sleep %s %d %d".formatted(name, micros(dynamoDbCall), micros(stsCall)));
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }

  /** How many connections were opened so far. */
  public int accepted() {
    return Integer.parseInt(standIns.ask("accepted " + name));
  }

  /** The calls since this was asked last. */
  public List<Call> calls() {
    String answer = standIns.ask("calls " + name);
    return answer.isEmpty()
        ? List.of()
        : Arrays.stream(answer.split(" ", -1))
            .map(call -> call.split(":", -1))
            .map(call -> new Call(Long.parseLong(call[0]), Long.parseLong(call[1])))
            .toList();
  }

  /** Loses the connections that are kept now. */
  public void lose(Loss loss) {
    standIns.ask("lose " + name + " " + loss);
  }

  @Override
  public void close() {
    standIns.ask("close " + name);
  }
}

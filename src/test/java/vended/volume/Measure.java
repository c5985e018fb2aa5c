package vended.volume;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import vended.audit.query.Meter;
import vended.local.Functions;

/** What each question took, as a table. */
final class Measure {
  private final List<Line> lines = new ArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicLong longest = new AtomicLong();
  private final Meter meter = new Meter();

  /**
   * A line of the table.
   *
   * @param rows how many rows of its kind the answer has
   * @param bytes the size of the answer
   * @param script the most memory of the script's processes, in MB; 0 without the script
   * @param heap the most heap that was in use, in MB, with that of DynamoDB Local and the model
   */
  record Line(
      String question,
      long rows,
      double seconds,
      int calls,
      double slowest,
      int reads,
      double units,
      long bytes,
      long script,
      long heap) {}

  /** What an answer was, besides its figures. */
  record Answer(long rows, long bytes, long script) {}

  /** The same functions, and counts their calls. */
  Functions counting(Functions functions) {
    return (environment, clock) -> {
      Map<String, RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>>
          counted = new HashMap<>();
      functions
          .start(environment, clock)
          .forEach((name, handler) -> counted.put(name, counted(handler)));
      return counted;
    };
  }

  private RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> counted(
      RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> handler) {
    return (event, context) -> {
      long begin = System.nanoTime();
      try {
        return handler.handleRequest(event, context);
      } finally {
        calls.incrementAndGet();
        longest.accumulateAndGet(System.nanoTime() - begin, Math::max);
      }
    };
  }

  /** Asks, and adds a line to the table. */
  Line ask(String question, Callable<Answer> ask) throws Exception {
    calls.set(0);
    longest.set(0);
    meter.reset();
    Heap heap = Heap.watch();
    CapacityMeter.measure(meter);
    long begin = System.nanoTime();
    Answer answer = ask.call();
    double seconds = (System.nanoTime() - begin) / 1e9;
    CapacityMeter.measure(null);
    Line line =
        new Line(
            question,
            answer.rows(),
            seconds,
            calls.get(),
            longest.get() / 1e9,
            meter.operations().size(),
            meter.total(),
            answer.bytes(),
            answer.script(),
            heap.most());
    lines.add(line);
    return line;
  }

  /** How long the last question of that name took; empty if it was not asked. */
  OptionalDouble seconds(String question) {
    return lines.reversed().stream()
        .filter(line -> line.question().equals(question))
        .mapToDouble(Line::seconds)
        .findFirst();
  }

  /** The table so far. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| question | rows | seconds | calls | slowest call, s | reads of DynamoDB | read units |"
            + " answer, KB | script, MB | heap, MB |\n");
    text.append("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n");
    for (Line line : lines) {
      text.append(
          "| %s | %,d | %.1f | %d | %.2f | %,d | %,.0f | %,d | %s | %,d |%n"
              .formatted(
                  line.question,
                  line.rows,
                  line.seconds,
                  line.calls,
                  line.slowest,
                  line.reads,
                  line.units,
                  (line.bytes + 1023) / 1024,
                  line.script == 0 ? "" : String.format(Locale.ROOT, "%,d", line.script),
                  line.heap));
    }
    return text.toString();
  }
}

package vended.bench.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import vended.bench.result.Samples;
import vended.bench.result.Section;
import vended.bench.subject.JavaSubject;
import vended.bench.subject.StackFunction;
import vended.bench.subject.StackFunction.Took;
import vended.local.LocalStack;

/**
 * One of the jars' functions, of all jars, on the laptop's stack: each has its turn at a question.
 */
final class OnStack implements AutoCloseable {
  private static final int WARM_UP = 10;
  private static final int QUESTIONS = 5;

  private final Bench bench;
  private final List<Function> functions = new ArrayList<>();

  private record Function(JavaSubject subject, StackFunction process, List<List<Took>> rounds) {}

  /**
   * Starts the functions.
   *
   * @param handler the handler's class
   * @param name of the function
   * @param compiled {@code tiered} or {@code C1}, as Lambda compiles this function
   */
  OnStack(Bench bench, LocalStack stack, String handler, String name, String compiled)
      throws IOException {
    this.bench = bench;
    for (JavaSubject subject : bench.jars(compiled)) {
      StackFunction process =
          new StackFunction(subject, handler, name, stack.environment(), bench.setup().folder());
      functions.add(new Function(subject, process, new ArrayList<>()));
    }
  }

  /** The columns that {@link #ask} fills. */
  static Section columns(Section section) {
    return section
        .column("p50_baseline", "p50 / baseline's", "×", 2)
        .plotted("p50", "p50", "ms", 1)
        .column("cpu", "CPU", "ms", 1)
        .column("size", "answer", "kB", 0)
        .note("Against DynamoDB Local in another process, without latency.");
  }

  /**
   * Asks a question of all functions, round by round.
   *
   * @param row the name of a row, by that of its subject
   */
  void ask(Section section, String event, UnaryOperator<String> row) throws Exception {
    for (Function function : functions) {
      function.rounds().clear();
      for (int i = 0; i < WARM_UP; i++) {
        function.process().warmUp(event);
      }
    }
    for (int round = 0; round < bench.rounds(); round++) {
      for (Function function : Bench.turn(functions, round)) {
        List<Took> turn = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
          turn.add(function.process().ask(event));
        }
        function.rounds().add(turn);
      }
    }
    for (Function function : functions) {
      put(section, row.apply(function.subject().name()), function.rounds());
    }
  }

  private static void put(Section section, String row, List<List<Took>> rounds) {
    List<List<Double>> millis =
        rounds.stream().map(turn -> turn.stream().map(Took::millis).toList()).toList();
    List<Double> cpu =
        rounds.stream()
            .map(turn -> turn.stream().mapToDouble(Took::cpuMillis).average().orElse(0))
            .toList();
    section
        .put(row, "p50", Samples.ofAll(millis, 50))
        .put(row, "cpu", Samples.of(cpu))
        .put(row, "size", Samples.once(rounds.getFirst().getFirst().body().length() / 1000.0));
  }

  @Override
  public void close() throws IOException {
    for (Function function : functions) {
      function.process().close();
    }
  }
}

package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.json.Json;

/**
 * Runs a state machine of the Amazon States Language. It knows just what {@code template.yaml}
 * uses, refuses all else, waits for nothing, and holds the machine to Step Functions' limits.
 *
 * @see <a href="https://states-language.net/">the specification</a>
 */
public final class StateMachine {
  /** Of a standard execution's history; what happens in a distributed Map's items is not in it. */
  private static final int MAX_EVENTS = 25_000;

  private static final int MAX_PAYLOAD = 256 << 10;

  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "Pass",
          Set.of(
              "Type",
              "Result",
              "InputPath",
              "Parameters",
              "ResultPath",
              "OutputPath",
              "Next",
              "End"),
          "Task",
          Set.of(
              "Type",
              "Resource",
              "InputPath",
              "Parameters",
              "ResultPath",
              "OutputPath",
              "Retry",
              "Catch",
              "Next",
              "End"),
          "Choice",
          Set.of("Type", "Choices", "Default"),
          "Map",
          Set.of(
              "Type",
              "ItemsPath",
              "MaxConcurrency",
              "ItemProcessor",
              "ResultSelector",
              "ResultPath",
              "Catch",
              "Next",
              "End"),
          "Succeed",
          Set.of("Type"),
          "Fail",
          Set.of("Type", "Error", "Cause"));

  /** How many events of the history a state leaves, at its first try. */
  private static final Map<String, Integer> EVENTS =
      Map.of("Pass", 2, "Task", 5, "Choice", 2, "Map", 6, "Succeed", 2, "Fail", 1);

  private final Map<?, ?> definition;
  private final Invoker invoker;
  private int events;

  /** Calls what a Task names. */
  @FunctionalInterface
  public interface Invoker {
    /**
     * Calls it.
     *
     * @param resource the Task's Resource
     * @throws StateFailed with the error's name, as Step Functions has it
     */
    Object invoke(String resource, Object input) throws StateFailed;
  }

  /** An error that a state machine can catch. */
  public static final class StateFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final String error;

    public StateFailed(String error, @Nullable String cause) {
      super(cause, null);
      this.error = error;
    }

    /** Its name. */
    public String error() {
      return error;
    }
  }

  /**
   * A state machine.
   *
   * @param definition as maps and lists
   */
  public StateMachine(Map<?, ?> definition, Invoker invoker) {
    this.definition = definition;
    this.invoker = invoker;
  }

  /** Runs from the start to the end, and answers what came out. */
  public Object run(Map<String, ?> input) throws StateFailed {
    events = 1;
    checkFields(definition, Set.of("Comment", "StartAt", "TimeoutSeconds", "States"));
    return run(definition, input, false);
  }

  /** How many events the history of the last run has. */
  public int events() {
    return events;
  }

  private Object run(Map<?, ?> machine, Object input, boolean isItem) throws StateFailed {
    Map<?, ?> states = map(machine, "States");
    String name = text(machine, "StartAt");
    Object data = input;
    while (true) {
      Map<?, ?> state = map(states, name);
      String type = text(state, "Type");
      checkFields(state, FIELDS.getOrDefault(type, Set.of()));
      count(isItem ? 0 : Objects.requireNonNull(EVENTS.get(type)), data);
      switch (type) {
        case "Succeed" -> {
          return data;
        }
        case "Fail" -> throw new StateFailed(text(state, "Error"), text(state, "Cause"));
        case "Choice" -> name = choice(state, data);
        default -> {
          try {
            data = output(state, data, result(type, state, data));
          } catch (StateFailed e) {
            Map<?, ?> catcher = catcher(state, e);
            data = Paths.put(data, text(catcher, "ResultPath"), Map.of("Error", e.error()));
            name = text(catcher, "Next");
            continue;
          }
          if (Boolean.TRUE.equals(state.get("End"))) {
            count(0, data);
            return data;
          }
          name = text(state, "Next");
        }
      }
    }
  }

  private void count(int more, Object data) {
    events += more;
    // As a member, since the writer writes objects.
    int size = Json.write(Map.of("data", data)).getBytes(UTF_8).length;
    if (events > MAX_EVENTS || size > MAX_PAYLOAD) {
      throw new IllegalStateException(events + " events, " + size + " bytes of data");
    }
  }

  private Object result(String type, Map<?, ?> state, Object data) throws StateFailed {
    String inputPath = (String) state.get("InputPath");
    Object input = inputPath == null ? data : Paths.get(data, inputPath);
    Object parameters = state.get("Parameters");
    Object given = parameters == null ? input : Paths.fill(parameters, input);
    return switch (type) {
      case "Pass" -> Objects.requireNonNullElse(state.get("Result"), given);
      case "Task" -> tried(state, given);
      case "Map" -> each(state, given);
      default -> throw new IllegalArgumentException("a state that is not understood: " + type);
    };
  }

  private static Object output(Map<?, ?> state, Object data, Object result) {
    Object selector = state.get("ResultSelector");
    Object selected = selector == null ? result : Paths.fill(selector, result);
    Object all = Paths.put(data, (String) state.get("ResultPath"), selected);
    String outputPath = (String) state.get("OutputPath");
    return outputPath == null ? all : Paths.get(all, outputPath);
  }

  private Object tried(Map<?, ?> state, Object input) throws StateFailed {
    int tries = 1;
    while (true) {
      try {
        return invoker.invoke(text(state, "Resource"), input);
      } catch (StateFailed e) {
        if (tries++ > retries(state, e.error())) {
          throw e;
        }
      }
    }
  }

  private static long retries(Map<?, ?> state, String error) {
    for (Object retrier : list(state, "Retry")) {
      checkFields(
          (Map<?, ?>) retrier,
          Set.of("ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "JitterStrategy"));
      if (list((Map<?, ?>) retrier, "ErrorEquals").contains(error)) {
        return (Long) Objects.requireNonNull(((Map<?, ?>) retrier).get("MaxAttempts"));
      }
    }
    return 0;
  }

  private static Map<?, ?> catcher(Map<?, ?> state, StateFailed e) throws StateFailed {
    for (Object catcher : list(state, "Catch")) {
      checkFields((Map<?, ?>) catcher, Set.of("ErrorEquals", "ResultPath", "Next"));
      if (!list((Map<?, ?>) catcher, "ErrorEquals").equals(List.of("States.ALL"))) {
        throw new IllegalArgumentException("a Catch that is not understood: " + catcher);
      }
      return (Map<?, ?>) catcher;
    }
    throw e;
  }

  private Object each(Map<?, ?> state, Object data) throws StateFailed {
    Map<?, ?> processor = map(state, "ItemProcessor");
    checkFields(processor, Set.of("ProcessorConfig", "StartAt", "States"));
    if (!map(processor, "ProcessorConfig")
        .equals(Map.of("Mode", "DISTRIBUTED", "ExecutionType", "EXPRESS"))) {
      throw new IllegalArgumentException("a Map that is not understood");
    }
    List<Object> results = new ArrayList<>();
    for (Object item : (List<?>) Paths.get(data, text(state, "ItemsPath"))) {
      try {
        results.add(run(processor, item, true));
      } catch (StateFailed e) {
        throw new StateFailed("States.ExceedToleratedFailureThreshold", e.error());
      }
    }
    return results;
  }

  private static String choice(Map<?, ?> state, Object data) {
    for (Object rule : list(state, "Choices")) {
      Map<?, ?> choice = (Map<?, ?>) rule;
      checkFields(choice, Set.of("Variable", "IsPresent", "Next"));
      boolean present = Paths.find(data, text(choice, "Variable")).isPresent();
      if (Objects.equals(choice.get("IsPresent"), present)) {
        return text(choice, "Next");
      }
    }
    return text(state, "Default");
  }

  private static void checkFields(Map<?, ?> state, Set<String> known) {
    if (!known.containsAll(state.keySet())) {
      throw new IllegalArgumentException("fields that are not understood: " + state.keySet());
    }
  }

  private static Map<?, ?> map(Map<?, ?> map, String name) {
    return (Map<?, ?>) Objects.requireNonNull(map.get(name), () -> "no " + name);
  }

  private static String text(Map<?, ?> map, String name) {
    return (String) Objects.requireNonNull(map.get(name), () -> "no " + name);
  }

  private static List<?> list(Map<?, ?> map, String name) {
    return map.get(name) instanceof List<?> list ? list : List.of();
  }
}

package vended.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiPredicate;
import vended.TimeLimits;
import vended.Wiring;
import vended.api.schedule.ReprobeHandler;
import vended.api.schedule.SettleHandler;
import vended.iam.AccessRequest;
import vended.iam.Policy;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.StateMachine.StateFailed;
import vended.probe.Pause;
import vended.template.Template;

/**
 * The schedule that probes all roles again: the state machine of {@code template.yaml}, which
 * invokes the real functions as far as its role's policy lets it.
 */
public final class Reprobes {
  private final Template template =
      Template.read(Path.of("template.yaml"), Map.of("AWS::Region", LocalStack.REGION));
  private final Map<String, String> functions = new LinkedHashMap<>();
  private final Map<String, RequestStreamHandler> handlers;
  private final Clock clock;
  private final StateMachine machine;
  private BiPredicate<String, String> broken = (function, input) -> false;

  public Reprobes(LocalStack stack, Clock clock, Pause pause) {
    this(stack, clock, pause, TimeLimits.OF_FUNCTION);
  }

  /** With other time limits of single calls than those of the deployed functions. */
  public Reprobes(LocalStack stack, Clock clock, Pause pause, TimeLimits limits) {
    this.clock = clock;
    Map<String, String> environment = new HashMap<>(stack.environment());
    Keys.Key key = stack.people().reprobe();
    environment.put("AWS_ACCESS_KEY_ID", key.id());
    environment.put("AWS_SECRET_ACCESS_KEY", key.secret());
    environment.put("AWS_SESSION_TOKEN", key.token().orElseThrow());
    Wiring wiring = new Wiring(environment, clock, pause, limits);
    this.handlers =
        Map.of(
            "vended.api.schedule.ReprobeHandler::handleRequest", new ReprobeHandler(wiring),
            "vended.api.schedule.SettleHandler::handleRequest", new SettleHandler(wiring));
    template
        .ofType("AWS::Serverless::Function")
        .forEach(id -> functions.put(template.reference(id + ".Alias"), id));
    this.machine = new StateMachine(definition(), this::invoke);
  }

  private Map<?, ?> definition() {
    return (Map<?, ?>)
        Objects.requireNonNull(template.properties("ReprobeMachine").get("Definition"));
  }

  /** Runs once, as the timer starts it. */
  public Object run() throws StateFailed {
    return machine.run(Map.of());
  }

  /** Probes the new roles that are due, as the other timer starts it. */
  public Object runNew() throws StateFailed {
    return machine.run(Map.of("new", "yes"));
  }

  /** The alias by which the state machine invokes a function. */
  public String alias(String function) {
    return template.reference(function + ".Alias");
  }

  /** Has Lambda fail for some invocations, by the function's logical ID and the input's text. */
  public void breakWhere(BiPredicate<String, String> these) {
    this.broken = these;
  }

  /** Invokes a function as the state machine does. */
  public Object invoke(String resource, Object input) throws StateFailed {
    String function = functions.get(resource);
    if (function == null || !mayInvoke(resource)) {
      throw new StateFailed("Lambda.AWSLambdaException", "not authorized: " + resource);
    }
    String text = Json.write(texts((Map<?, ?>) input));
    if (broken.test(function, text)) {
      throw new StateFailed("Lambda.TooManyRequestsException", "broken on purpose");
    }
    RequestStreamHandler handler =
        handlers.get(String.valueOf(template.properties(function).get("Handler")));
    if (handler == null) {
      throw new IllegalArgumentException("no handler of " + function);
    }
    return answer(handler, text, context(function, resource));
  }

  private static Object answer(RequestStreamHandler handler, String input, LocalContext context)
      throws StateFailed {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(input.getBytes(UTF_8)), out, context);
    } catch (IOException | RuntimeException e) {
      // Lambda names an error by its class.
      throw new StateFailed(e.getClass().getName(), e.getMessage());
    }
    return ((JsonObject.Read) JsonObject.read(out.toString(UTF_8))).object().members();
  }

  private LocalContext context(String function, String resource) {
    long seconds = (Long) Objects.requireNonNull(template.properties(function).get("Timeout"));
    return new LocalContext(
        UUID.randomUUID().toString(), resource, clock, Duration.ofSeconds(seconds));
  }

  private boolean mayInvoke(String resource) {
    String role = String.valueOf(template.properties("ReprobeMachine").get("Role"));
    List<Policy> policies =
        template.ofType("AWS::IAM::Role").stream()
            .filter(id -> template.arn(id).equals(role))
            .flatMap(id -> template.roles().policies(id).stream())
            .map(Policy::identity)
            .toList();
    return Policy.evaluate(policies, AccessRequest.of(role, "lambda:InvokeFunction", resource))
        .allowed();
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    Map<String, Object> texts = new LinkedHashMap<>();
    map.forEach((name, value) -> texts.put(String.valueOf(name), value));
    return texts;
  }
}

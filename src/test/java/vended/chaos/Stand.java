package vended.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.TimeLimits;
import vended.Wiring;
import vended.api.SampleContext;
import vended.api.StepRefusedException;
import vended.api.StepUnavailableException;
import vended.chaos.wire.Network;
import vended.clock.SkippingClock;
import vended.local.Keys;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.SignedClient;
import vended.local.TestStack;

/**
 * The local stack with a breakable network, all functions on it, and what came of each request. Its
 * functions are there twice: with time limits that no busy machine reaches, and with short ones for
 * faults that only a time limit ends.
 */
final class Stand implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration INTO_THE_HOUR = Duration.ofMinutes(35);
  private static final TimeLimits HASTY =
      new TimeLimits(LONG, LONG, LONG, SHORT, LONG, LONG, SHORT);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final SkippingClock clock = new SkippingClock();
  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private final LocalStack stack;
  private final Map<String, SignedClient> clients = new HashMap<>();
  private @Nullable Network network;
  private @Nullable Map<String, String> environment;
  private @Nullable Doors patient;
  private @Nullable Doors hasty;
  private volatile boolean isHasty;

  /** What came back; of a step of the schedule, as if it were a route. */
  record Answer(int status, String body) {}

  Stand() {
    setClock();
    stack = TestStack.of(Options.of(this::functions).withClock(clock)).stack();
  }

  private Map<String, RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>>
      functions(Map<String, String> variables, Clock now) {
    Map<String, String> own = new HashMap<>(variables);
    try {
      network = new Network(own, attempt -> Intents.check(attempt, stack()).ifPresent(alarms::add));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment = own;
    open();
    return Map.of(
        "vended.api.vend.VendHandler",
        (event, context) -> doors().vend().handleRequest(event, context),
        "vended.api.admin.AdminHandler",
        (event, context) -> doors().admin().handleRequest(event, context),
        "vended.api.audit.AuditHandler",
        (event, context) -> doors().audit().handleRequest(event, context),
        "vended.api.mine.MineHandler",
        (event, context) -> doors().mine().handleRequest(event, context));
  }

  /** Opens the functions again, which remember how many retries there were lately. */
  void restart() {
    Objects.requireNonNull(patient).close();
    Objects.requireNonNull(hasty).close();
    open();
  }

  private void open() {
    // Metrics go to the standard output that there is when the functions start.
    synchronized (Stand.class) {
      PrintStream console = System.out;
      System.setOut(new PrintStream(printed, true, UTF_8));
      try {
        Map<String, String> own = Objects.requireNonNull(environment);
        patient = Doors.of(new Wiring(own, clock, clock, TestStack.PATIENT));
        hasty = Doors.of(new Wiring(own, clock, clock, HASTY));
      } finally {
        System.setOut(console);
      }
    }
  }

  private Doors doors() {
    return Objects.requireNonNull(isHasty ? hasty : patient);
  }

  Network network() {
    return Objects.requireNonNull(network);
  }

  LocalStack stack() {
    return stack;
  }

  SkippingClock clock() {
    return clock;
  }

  /**
   * Each case starts at the same minute of an hour: how many calls a look at the audit takes
   * depends on it.
   */
  private void setClock() {
    clock.set(Instant.now().truncatedTo(ChronoUnit.HOURS).plus(INTO_THE_HOUR));
  }

  /** As at the start. */
  void reset() {
    setClock();
    stack.reset();
    alarms.clear();
    printed.reset();
  }

  /** From now on with short time limits, or not. */
  void hurry(boolean hurries) {
    isHasty = hurries;
  }

  /** Sends a request through the gateway. */
  Answer post(Keys.Key key, String path, String body) throws IOException, InterruptedException {
    SignedClient client = clients.computeIfAbsent(key.id(), id -> stack.caller(key));
    HttpResponse<String> answer = client.post(path, body);
    return new Answer(answer.statusCode(), answer.body());
  }

  Answer reprobe(String input) throws IOException {
    return step(doors().reprobe(), input);
  }

  Answer settle(String input) throws IOException {
    return step(doors().settle(), input);
  }

  Answer look() throws IOException {
    return step(doors().watch(), "{}");
  }

  private static Answer step(RequestStreamHandler handler, String input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(input.getBytes(UTF_8)), out, new SampleContext());
      return new Answer(200, out.toString(UTF_8));
    } catch (StepUnavailableException e) {
      return new Answer(503, "{\"code\":\"unavailable\",\"retryable\":true}");
    } catch (StepRefusedException e) {
      return new Answer(409, String.valueOf(e.getMessage()));
    }
  }

  boolean isHurrying() {
    return isHasty;
  }

  List<Map<String, AttributeValue>> allowList() {
    return stack.tables().rows(stack.allowListTable());
  }

  List<Map<String, AttributeValue>> audit() {
    return stack.tables().rows(stack.auditTable());
  }

  /** What was written for CloudWatch since the last reset. */
  List<String> printed() {
    return printed.toString(UTF_8).lines().toList();
  }

  /** Forgets what was written, and the alarms. */
  void forget() {
    printed.reset();
    alarms.clear();
  }

  /** Calls that came before their record was there. */
  List<String> alarms() {
    return List.copyOf(alarms);
  }

  @Override
  public void close() throws IOException {
    clients.values().forEach(SignedClient::close);
    network().close();
    stack.close();
  }
}

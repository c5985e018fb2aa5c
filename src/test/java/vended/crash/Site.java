package vended.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Wiring;
import vended.audit.AuditException;
import vended.chaos.Intents;
import vended.chaos.wire.Boundary;
import vended.chaos.wire.Effect;
import vended.chaos.wire.Network;
import vended.lambda.LambdaProcess;
import vended.lambda.RuntimeApi;
import vended.lambda.TaskRoot;
import vended.local.Functions;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;
import vended.probe.Pause;

/** A stack, and the processes of functions that die on it. */
final class Site implements AutoCloseable {
  /** What comes after how long a function may take, so that the watch looks at these intents. */
  private static final Duration LATER = Duration.ofMinutes(6);

  private static final int TRIES = 10;

  private final LocalStack stack;
  private final Network network;
  private final Map<String, String> environment;
  private final TaskRoot root;
  private final Path folder;
  private final List<String> alarms = new CopyOnWriteArrayList<>();
  private String arrangedEvent = "";
  private int processes;

  /** A function's process, and what gives it its events. */
  private record Running(LambdaProcess process, RuntimeApi api) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      process.close();
      api.close();
    }
  }

  Site(TaskRoot root, Path folder) throws IOException {
    this.root = root;
    this.folder = Files.createDirectories(folder);
    this.stack = LocalStack.start(Options.of(Functions.ofService(TestStack.PATIENT)));
    this.environment = new HashMap<>(stack.environment());
    this.network =
        new Network(environment, attempt -> Intents.check(attempt, stack).ifPresent(alarms::add));
  }

  /** What came of the crashes of an incident. */
  record Outcome(int boundaries, int crashes, List<String> broken) {}

  /**
   * Kills processes at the calls that the function makes for the event.
   *
   * @param chosen at which of the calls, and at which moments
   */
  Outcome run(Incident incident, BiPredicate<Boundary, Effect.Moment> chosen) throws Exception {
    List<String> broken = new ArrayList<>();
    int crashes = 0;
    Running running = start(incident);
    try {
      List<Boundary> calls = clean(running, incident);
      for (Boundary where : calls) {
        for (Effect.Moment moment : Effect.Moment.values()) {
          if (chosen.test(where, moment)) {
            List<String> found = crash(running, incident, where, moment);
            running.close();
            running = start(incident);
            found.addAll(afterwards(running, incident));
            found.forEach(
                text ->
                    broken.add("%s, killed %s %s: %s".formatted(incident, moment, where, text)));
            crashes++;
          }
        }
      }
      return new Outcome(calls.size(), crashes, broken);
    } finally {
      running.close();
    }
  }

  /** The calls of an event that nobody disturbs. */
  private List<Boundary> clean(Running running, Incident incident) throws Exception {
    RuntimeApi.Answer answer = null;
    for (int tries = 0; tries < TRIES && (answer == null || isUnavailable(answer)); tries++) {
      String event = arranged(incident);
      network.begin(List.of());
      answer = running.api().invoke(event);
    }
    if (answer == null || !isGood(answer)) {
      throw new AssertionError(incident + " of a process that nobody kills: " + answer);
    }
    return network.calls();
  }

  private List<String> crash(
      Running running, Incident incident, Boundary where, Effect.Moment moment) throws Exception {
    alarms.clear();
    Map<String, Map<String, AttributeValue>> before = Map.of();
    String answer = "";
    for (int tries = 0; tries < TRIES && running.process().process().isAlive(); tries++) {
      String event = arranged(incident);
      before = allowList();
      network.begin(where, new Effect.Doing(moment, () -> kill(running)));
      answer = running.api().invoke(event).body();
      network.end();
    }
    List<String> broken = new ArrayList<>(alarms);
    if (running.process().process().isAlive()) {
      broken.add("it lives");
    }
    broken.addAll(left(answer, before));
    return broken;
  }

  /**
   * The same event for a new process, with what the dead one has left, and as if it had not been.
   */
  private List<String> afterwards(Running running, Incident incident) throws Exception {
    String event = arrangedEvent;
    network.begin(List.of());
    RuntimeApi.Answer answer = running.api().invoke(event);
    for (int tries = 1; tries < TRIES && isUnavailable(answer); tries++) {
      answer = running.api().invoke(event);
    }
    // What was changed already may be a conflict by now, or gone.
    boolean works =
        isGood(answer)
            || answer.body().contains("\"statusCode\":409")
            || answer.body().contains("no_client");
    clean(running, incident);
    return works ? List.of() : List.of("the next process: " + answer.body());
  }

  private static void kill(Running running) {
    Process process = running.process().process().destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.api().ended();
  }

  /** What is wrong with the rows that the process has left. */
  private List<String> left(String answer, Map<String, Map<String, AttributeValue>> before)
      throws AuditException {
    List<String> broken = new ArrayList<>();
    Set<String> begun = new TreeSet<>();
    Set<String> ended = new HashSet<>();
    Set<String> granted = new HashSet<>();
    for (Map<String, AttributeValue> row : stack.tables().rows(stack.auditTable())) {
      String vendId = Items.text(row, "pk");
      switch (Items.text(row, "sk")) {
        case "intent", "admin" -> begun.add(vendId);
        case "outcome", "probe", "admin-outcome" -> ended.add(vendId);
        default -> {}
      }
      if (row.containsKey("accessKeyId")) {
        granted.add(Items.text(row, "accessKeyId"));
      }
    }
    begun.removeAll(ended);
    List<String> found = openIntents();
    if (!Set.copyOf(found).equals(begun)) {
      broken.add("open are %s, and the watch finds %s".formatted(begun, found));
    }
    if (answer.contains("ASIA") && granted.stream().noneMatch(answer::contains)) {
      broken.add("credentials left without their outcome");
    }
    if (!allowList().equals(before)
        && stack.tables().rows(stack.auditTable()).stream()
            .noneMatch(row -> Items.text(row, "sk").equals("admin"))) {
      broken.add("the allow-list was changed without a record");
    }
    return broken;
  }

  private List<String> openIntents() throws AuditException {
    Clock later = Clock.offset(Clock.systemUTC(), LATER);
    return new Wiring(stack.environment(), later, Pause.sleeping(), TestStack.PATIENT)
        .schedule()
        .openIntents()
        .look()
        .vendIds();
  }

  private Map<String, Map<String, AttributeValue>> allowList() {
    Map<String, Map<String, AttributeValue>> rows = new HashMap<>();
    stack
        .tables()
        .rows(stack.allowListTable())
        .forEach(row -> rows.put(Items.text(row, "pk") + " " + Items.text(row, "sk"), row));
    return rows;
  }

  private String arranged(Incident incident) throws Exception {
    stack.reset();
    Incident.grant(stack);
    arrangedEvent = incident.arrange().event(stack);
    return arrangedEvent;
  }

  private static boolean isUnavailable(RuntimeApi.Answer answer) {
    return answer.body().contains("\"statusCode\":503")
        || answer.body().contains("UnavailableException");
  }

  private static boolean isGood(RuntimeApi.Answer answer) {
    return answer.path().equals("response")
        && (!answer.body().contains("\"statusCode\":")
            || answer.body().contains("\"statusCode\":200"));
  }

  private Running start(Incident incident) throws Exception {
    Path output = folder.resolve("output-" + ++processes + ".txt");
    String name =
        incident.handler().replaceAll(".*\\.(\\w+)Handler.*", "$1").toLowerCase(Locale.ROOT);
    RuntimeApi api =
        new RuntimeApi(
            "arn:aws:lambda:eu-west-1:111122223333:function:vended-%s:live".formatted(name));
    LambdaProcess process =
        LambdaProcess.start(root, incident.handler(), api.address(), environment, output);
    Running running = new Running(process, api);
    var _ = process.process().onExit().thenRun(api::ended);
    api.awaitReady();
    return running;
  }

  @Override
  public void close() throws IOException {
    network.close();
    stack.close();
  }
}

package vended.crowd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import vended.json.Json;
import vended.json.JsonObject;
import vended.local.Functions;
import vended.local.LocalStack;
import vended.local.Options;
import vended.local.TestStack;

/** Callers at a local stack whose network fails now and then. */
final class Crowd implements AutoCloseable {
  /** The API's own limit of calls at once, by the default of {@code RequestBurst}. */
  private static final int AT_ONCE = 40;

  /** Of the functions' calls of DynamoDB and STS. */
  private static final int FAULTS_PERCENT = 10;

  /** After so many calls somebody makes a change, and after so many the records are counted. */
  private static final int CHANGE = 15;

  private static final int SETTLE = 400;

  final Faults faults = new Faults(FAULTS_PERCENT);
  final Findings findings = new Findings();
  final Metrics metrics = new Metrics();
  final AtomicLong calls = new AtomicLong();
  final AtomicLong vends = new AtomicLong();
  final AtomicLong refusals = new AtomicLong();
  final World world;
  final Ledger ledger;
  final Staff staff;
  private final List<Network> networks = new ArrayList<>();
  private final LocalStack stack;

  Crowd(int callers) throws IOException {
    PrintStream console = System.out;
    // Metrics go to the standard output that there is when the functions start.
    System.setOut(new PrintStream(metrics, true, UTF_8));
    try {
      stack = LocalStack.start(Options.of(behindNetworks()));
      world = new World(stack, callers);
      ledger = new Ledger(world, faults, findings);
      staff = new Staff(world, ledger, findings, this::ask);
    } finally {
      System.setOut(console);
    }
  }

  private Functions behindNetworks() {
    return (environment, clock) -> {
      Map<String, String> changed = new HashMap<>(environment);
      try {
        networks.add(new Network(changed, "DYNAMODB", faults));
        networks.add(new Network(changed, "STS", faults));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Functions.ofService(TestStack.PATIENT).start(changed, clock);
    };
  }

  /** Calls until the time is over, and accounts for all of it. */
  void run(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        workers.add(
            threads.submit(
                () -> {
                  // However slow the machine is, each of them asks once.
                  do {
                    next();
                  } while (System.nanoTime() < end);
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
    ledger.settle();
  }

  private void next() throws IOException, InterruptedException {
    ask(world.seats.get(ThreadLocalRandom.current().nextInt(world.seats.size())));
    long number = calls.get();
    if (number % CHANGE == 0) {
      staff.act();
    }
    if (number % SETTLE == 0) {
      ledger.settle();
    }
  }

  /** A caller asks for credentials, and what it gets is judged. */
  private void ask(Seat seat) throws IOException, InterruptedException {
    int lost = faults.of(seat.who().arn());
    Map<String, ?> body =
        Map.of("roleArn", seat.role().arn(), "context", Map.of("build", calls.toString()));
    long start = System.nanoTime();
    HttpResponse<String> answer = seat.who().client().post("/credentials", Json.write(body));
    long end = System.nanoTime();
    calls.incrementAndGet();
    var members = ((JsonObject.Read) JsonObject.read(answer.body())).object().members();
    Call call = new Call(seat, answer.statusCode(), members);
    judge(call, start, end, lost);
    ledger.ended(call);
  }

  private void judge(Call call, long start, long end, int lost) {
    Seat seat = call.seat();
    switch (call.status()) {
      case 200 -> {
        vends.incrementAndGet();
        if (seat.refused(world.vending, start, end)) {
          findings.add("vended, though refused before it was asked for: " + call);
        }
      }
      case 403 -> {
        refusals.incrementAndGet();
        if (seat.allowed(world.vending, start, end)) {
          findings.add("refused, though nothing refuses it: " + call);
        }
      }
      default -> {
        int all = faults.of(call.vendId()) + faults.of(seat.who().arn()) - lost;
        if (call.status() < 500 || all == 0) {
          findings.add("failed without a fault: " + call);
        }
      }
    }
    if (call.vendId().isEmpty()) {
      findings.add("an answer without a vendId: " + call);
    }
  }

  @Override
  public void close() throws IOException {
    world.connections.close();
    stack.close();
    for (Network network : networks) {
      network.close();
    }
  }
}

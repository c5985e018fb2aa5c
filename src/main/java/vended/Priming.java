package vended;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import vended.priming.CannedAws;
import vended.priming.SampleRows;
import vended.probe.Pause;

/**
 * Runs a function's own path before its first event: classes are loaded and, where the function
 * starts from a snapshot, compiled. Otherwise the first event loads some two thousand classes,
 * which takes most of a second.
 *
 * <p>Before a snapshot, the path runs on AWS in memory, on an object graph of its own and without
 * metrics, and then on the network, with a request that only reads. Both graphs are dropped, so no
 * connection, credentials or time from before the snapshot is used after it. Without a snapshot,
 * one request that only reads is enough. Priming never fails a start: whatever is wrong, the first
 * event meets it too.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks.html">Lambda
 *     SnapStart runtime hooks</a>
 */
public final class Priming implements Resource {
  /**
   * How often the path runs before a snapshot: often enough for the compiler to take what matters.
   */
  private static final int ROUNDS = 300;

  /** How often it connects: a handshake is the longest computation of a first event. */
  private static final int CONNECTIONS = 60;

  /** How long to wait for the compiler, which would go on in the restored process, in steps. */
  private static final Duration COMPILER_STEP = Duration.ofMillis(500);

  private static final int COMPILER_STEPS = 20;

  /** The runtime refers to its hooks weakly. */
  private static final List<Priming> REGISTERED = new CopyOnWriteArrayList<>();

  private final Wiring wiring;
  private final Path inMemory;
  private final @Nullable Path reading;
  private final int rounds;
  private final PrintStream log;

  /** What a function does with an event. */
  @FunctionalInterface
  public interface Path {
    /** Handles a sample of an event with an object graph, and says whether it succeeded. */
    boolean run(Wiring wiring) throws Exception;
  }

  /**
   * Primes for an object graph.
   *
   * @param wiring the graph that will handle events
   * @param reading null if there is no such event
   * @param rounds how often to run {@code inMemory} before a snapshot
   * @param log gets a line if priming fails
   */
  Priming(Wiring wiring, Path inMemory, @Nullable Path reading, int rounds, PrintStream log) {
    this.wiring = wiring;
    this.inMemory = inMemory;
    this.reading = reading;
    this.rounds = rounds;
    this.log = log;
  }

  /** Primes the process with an event on AWS in memory only, and returns the graph as it is. */
  public static Wiring primed(Wiring wiring, Path inMemory) {
    new Priming(wiring, inMemory, null, ROUNDS, System.out).start();
    return wiring;
  }

  /**
   * Primes the process now or, if a snapshot is made of it, before that; returns the graph as it
   * is.
   *
   * @param wiring the graph that will handle events
   * @param inMemory the path of an event, on AWS in memory
   * @param reading the path of an event that only reads and leaves no record, on the network
   */
  public static Wiring primed(Wiring wiring, Path inMemory, Path reading) {
    new Priming(wiring, inMemory, reading, ROUNDS, System.out).start();
    return wiring;
  }

  /** Primes now, or asks to be called before the snapshot. */
  void start() {
    if (wiring.clients().settings().startsFromSnapshot()) {
      keepNoAddresses();
      REGISTERED.add(this);
      Core.getGlobalContext().register(this);
    } else {
      prime();
    }
  }

  /**
   * Without a snapshot, whoever called waits: so a sample that reads, whose connection and
   * credentials the first event uses, or else the one in memory, and neither twice.
   */
  void prime() {
    if (reading == null) {
      rehearse(1);
    } else {
      repeat(1, () -> reading.run(wiring.on(wiring.clients(), nowhere())));
    }
  }

  @Override
  public void beforeCheckpoint(@Nullable Context<? extends Resource> context) {
    rehearse(rounds);
    connect();
    awaitCompiler();
  }

  @Override
  public void afterRestore(@Nullable Context<? extends Resource> context) {
    // Nothing that priming made is left, and nothing else has been used yet.
  }

  /** Runs the path in memory. */
  void rehearse(int times) {
    try (AwsClients clients =
        AwsClients.canned(wiring.clients().settings(), TimeLimits.OF_FUNCTION, new CannedAws())) {
      Clock clock = Clock.fixed(SampleRows.AT, ZoneOffset.UTC);
      Wiring canned = new Wiring(clients, clock, Pause.sleeping(), nowhere());
      repeat(times, () -> inMemory.run(canned));
    }
  }

  /** Each time on new connections, as after the restore. */
  private void connect() {
    if (reading == null) {
      return;
    }
    repeat(
        CONNECTIONS,
        () -> {
          try (AwsClients clients =
              AwsClients.ofNetwork(wiring.clients().settings(), TimeLimits.OF_FUNCTION)) {
            return reading.run(wiring.on(clients, nowhere()));
          }
        });
  }

  /**
   * The JVM would remember addresses for 30 s of its own time, which stands still in a snapshot:
   * the first calls after a restore would go to addresses that AWS may have given up weeks ago. It
   * reads these properties once, at its first look-up.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html">Avoid
   *     using Java DNS cache</a>
   */
  private static void keepNoAddresses() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private interface Step {
    boolean run() throws Exception;
  }

  /** Stops at the first failure: if a service is unavailable, each try takes seconds. */
  private void repeat(int times, Step step) {
    try {
      for (int i = 0; i < times; i++) {
        if (!step.run()) {
          log.println("priming failed");
          return;
        }
      }
    } catch (Exception | LinkageError e) {
      // The class alone: a message may quote a request.
      log.println("priming failed: " + e.getClass().getName());
    }
  }

  private static void awaitCompiler() {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long before = -1;
    for (int i = 0; i < COMPILER_STEPS && before != compiler.getTotalCompilationTime(); i++) {
      before = compiler.getTotalCompilationTime();
      try {
        Thread.sleep(COMPILER_STEP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream());
  }
}

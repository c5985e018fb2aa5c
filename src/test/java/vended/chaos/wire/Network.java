package vended.chaos.wire;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is between the functions and AWS: it numbers their calls, and breaks some of them. */
public final class Network implements ChaosProxy.Gate, AutoCloseable {
  private final List<ChaosProxy> proxies;
  private final Consumer<Attempt> watcher;
  private final Map<String, Boundary> calls = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<Boundary> order = new ArrayList<>();
  private final Set<Strike> done = new HashSet<>();
  private List<Strike> strikes = List.of();
  private CountDownLatch release = new CountDownLatch(1);
  private @Nullable Boundary trap;
  private Effect trapped = new Effect.Pass();

  /**
   * Stands before the endpoints of an environment.
   *
   * @param environment of the functions, whose endpoints become the network's
   * @param watcher told of each attempt before anything becomes of it
   */
  public Network(Map<String, String> environment, Consumer<Attempt> watcher) throws IOException {
    this.watcher = watcher;
    this.proxies = List.of(proxy(environment, "DYNAMODB"), proxy(environment, "STS"));
  }

  private ChaosProxy proxy(Map<String, String> environment, String service) throws IOException {
    String variable = "AWS_ENDPOINT_URL_" + service;
    URI upstream = URI.create(Objects.requireNonNull(environment.get(variable)));
    ChaosProxy proxy = new ChaosProxy(service, upstream, this);
    environment.put(variable, proxy.url().toString());
    return proxy;
  }

  /** Counts calls from now on, and breaks some of them. */
  public synchronized void begin(List<Strike> faults) {
    strikes = List.copyOf(faults);
    trap = null;
    calls.clear();
    counts.clear();
    order.clear();
    done.clear();
    release = new CountDownLatch(1);
  }

  /** Counts calls from now on, and does something to one of them. */
  public synchronized void begin(Boundary where, Effect effect) {
    begin(List.of());
    trap = where;
    trapped = effect;
  }

  /** Ends all faults, and waits until all that was on its way has arrived. */
  public void end() throws IOException, InterruptedException {
    synchronized (this) {
      strikes = List.of();
      trap = null;
      release.countDown();
    }
    for (ChaosProxy proxy : proxies) {
      proxy.accept();
      proxy.awaitQuiet();
    }
  }

  /** The calls since the beginning, in the order in which they came. */
  public synchronized List<Boundary> calls() {
    return List.copyOf(order);
  }

  /** Whether all of the faults have happened. */
  public synchronized boolean allHappened(List<Strike> faults) {
    return done.containsAll(faults);
  }

  @Override
  public Effect effect(Attempt attempt) {
    watcher.accept(attempt);
    return decide(attempt);
  }

  private synchronized Effect decide(Attempt attempt) {
    Boundary where = calls.computeIfAbsent(attempt.call(), call -> next(attempt));
    if (where.equals(trap)) {
      return trapped;
    }
    for (Strike strike : strikes) {
      if (strike.where().equals(where)) {
        if (strike.isDoneBy(attempt)) {
          done.add(strike);
        }
        return strike.on(attempt, release);
      }
    }
    return new Effect.Pass();
  }

  private Boundary next(Attempt attempt) {
    int occurrence = counts.merge(attempt.operation(), 1, Integer::sum);
    Boundary boundary = new Boundary(attempt.service(), attempt.operation(), occurrence);
    order.add(boundary);
    return boundary;
  }

  @Override
  public void close() throws IOException {
    release.countDown();
    for (ChaosProxy proxy : proxies) {
      proxy.close();
    }
  }
}

package vended.api.schedule;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import vended.Priming;
import vended.Wiring;
import vended.api.FaultLog;
import vended.api.StepSample;
import vended.api.StepUnavailableException;
import vended.audit.AuditException;
import vended.audit.ReprobeRuns;
import vended.audit.VendId;
import vended.audit.query.OpenIntents;
import vended.telemetry.ScheduleTelemetry;

/**
 * The watching function: finds intents without an outcome, and counts them; and measures how long
 * ago the schedule has probed all roles. A timer invokes it. It has no input and no output, so
 * whoever may invoke it learns nothing and changes nothing.
 */
public final class WatchHandler implements RequestStreamHandler {
  private final OpenIntents openIntents;
  private final ReprobeRuns runs;
  private final ScheduleTelemetry telemetry;
  private final Clock clock;
  private final Supplier<VendId> ids;

  /** For Lambda: wired by the process's environment. */
  public WatchHandler() {
    this(Priming.primed(Wiring.ofProcess(), sample(), sample()));
  }

  /** An event, to prime the function with. */
  public static Priming.Path sample() {
    return new StepSample(WatchHandler::new, "{}");
  }

  /** For a given object graph. */
  public WatchHandler(Wiring wiring) {
    this(
        wiring.schedule().openIntents(),
        wiring.schedule().reprobeRuns(),
        wiring.schedule().telemetry(),
        wiring.clock(),
        wiring.vendIds());
  }

  /** With its dependencies. */
  public WatchHandler(
      OpenIntents openIntents,
      ReprobeRuns runs,
      ScheduleTelemetry telemetry,
      Clock clock,
      Supplier<VendId> ids) {
    this.openIntents = openIntents;
    this.runs = runs;
    this.clock = clock;
    this.telemetry = telemetry;
    this.ids = ids;
  }

  /**
   * Looks once. Counting is the last step and cannot fail: Lambda retries a failed run of this
   * function, and the retry would count again.
   *
   * @throws StepUnavailableException if the audit could not be read; nothing was counted
   */
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {
    OpenIntents.OpenVendIds found;
    Optional<Instant> lastRun;
    try {
      found = openIntents.look();
      lastRun = runs.lastEnded();
    } catch (AuditException e) {
      FaultLog.log(context, ids.get(), e);
      throw new StepUnavailableException("the audit is unavailable");
    }
    telemetry.openIntents(found.vendIds(), found.complete());
    // Before the first run there is nothing to measure, and the alarm takes silence for too long.
    lastRun.ifPresent(ended -> telemetry.reprobeAge(Duration.between(ended, clock.instant())));
  }
}

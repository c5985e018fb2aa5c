package vended.api.schedule;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.Priming;
import vended.ScheduleWiring;
import vended.Wiring;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.admin.verification.RefusalTally;
import vended.admin.verification.Refusals;
import vended.admin.verification.RolesToProbe;
import vended.admin.verification.SettleProbe;
import vended.allowlist.AllowListException;
import vended.api.StepRefusedException;
import vended.api.StepSample;
import vended.api.StepUnavailableException;
import vended.audit.AuditException;
import vended.audit.ReprobeRuns;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.json.JsonObject;
import vended.telemetry.ScheduleTelemetry;

/**
 * The settling function, a step of the schedule: lists the roles to probe, acts on a recorded
 * probe, and at the end on the roles that only refused. It has the admin role's permissions, but
 * its code makes only this change.
 */
public final class SettleHandler extends StepHandler {
  /** A client has at most 50 roles, and marking one takes six calls of some milliseconds each. */
  private static final Duration LAST_CLIENT = Duration.ofSeconds(10);

  private final RolesToProbe rolesToProbe;
  private final SettleProbe settleProbe;
  private final Refusals refusals;
  private final ReprobeRuns runs;
  private final ScheduleTelemetry telemetry;
  private final Clock clock;

  /** For Lambda: wired by the process's environment. */
  public SettleHandler() {
    this(Priming.primed(Wiring.ofProcess(), sample(), sample()));
  }

  /** An event, to prime the function with. */
  public static Priming.Path sample() {
    return new StepSample(SettleHandler::new, "{\"list\": {}}");
  }

  /** For a given object graph. */
  public SettleHandler(Wiring wiring) {
    super(wiring.vendIds());
    ScheduleWiring schedule = wiring.schedule();
    this.rolesToProbe = schedule.rolesToProbe();
    this.settleProbe = schedule.settleProbe();
    this.refusals = schedule.refusals();
    this.runs = schedule.reprobeRuns();
    this.telemetry = schedule.telemetry();
    this.clock = wiring.clock();
  }

  @Override
  Map<String, @Nullable Object> step(VendId id, JsonObject input, Context context) {
    return switch (SettleInput.of(input)) {
      case SettleInput.Page(boolean ofNew, String after) -> page(id, ofNew, after);
      case SettleInput.Probe(VendId probeId) -> settle(id, probeId, context);
      case SettleInput.RefusalsStep(Refusals.Step step) -> refusals(id, step, context);
      case SettleInput.Ended ended -> ended(id);
    };
  }

  private Map<String, @Nullable Object> page(VendId id, boolean ofNew, @Nullable String after) {
    RolesToProbe.Page page;
    try {
      page = ofNew ? newRoles(id, after) : rolesToProbe.page(after);
    } catch (AllowListException e) {
      throw new StepUnavailableException("the allow-list is unavailable");
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put(
        "roles", page.roles().stream().map(role -> Map.of("roleArn", role.value())).toList());
    // The whole input for the next page, so that the state machine need not know its form.
    Map<String, String> next = new LinkedHashMap<>();
    if (ofNew) {
      next.put("new", "yes");
    }
    if (page.last() != null) {
      next.put("after", page.last());
    }
    answer.put("next", page.last() == null ? null : Map.of("list", next));
    return answer;
  }

  private RolesToProbe.Page newRoles(VendId id, @Nullable String after) throws AllowListException {
    RolesToProbe.NewRoles found = rolesToProbe.newRoles(after);
    if (!found.overdue().isEmpty()) {
      telemetry.rolesOverdue(id, found.overdue());
    }
    return found.page();
  }

  private Map<String, @Nullable Object> settle(VendId id, VendId probeId, Context context) {
    Trace trace = trace(id, context);
    return Map.of("settled", done(settleProbe.settle(trace, probeId)).code());
  }

  private Map<String, @Nullable Object> refusals(VendId id, Refusals.Step step, Context context) {
    Instant until =
        clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(LAST_CLIENT);
    Refusals.Progress progress;
    try {
      progress = done(refusals.take(trace(id, context), step, until));
    } catch (AllowListException | AuditException e) {
      throw new StepUnavailableException("the allow-list or the audit is unavailable");
    }
    return switch (progress) {
      case Refusals.Progress.More(Refusals.Step next) ->
          Map.of("next", Map.of("refusals", SettleInput.members(next)));
      case Refusals.Progress.Done done -> Map.of();
      case Refusals.Progress.HeldBack(RefusalTally tally) -> {
        telemetry.massRefusal(id, tally.refusing(), tally.clients());
        yield Map.of("heldBack", tally.refusing());
      }
    };
  }

  private Map<String, @Nullable Object> ended(VendId id) {
    try {
      runs.ended(id, clock.instant());
    } catch (AuditException e) {
      throw new StepUnavailableException("the audit is unavailable");
    }
    return Map.of("ended", true);
  }

  private static Trace trace(VendId id, Context context) {
    return new Trace(id, requester(function(context)));
  }

  private static <T> T done(AdminResult<T> result) {
    return switch (result) {
      case AdminResult.Done<T>(T value, _) -> value;
      case AdminResult.Refused<T>(Refusal refusal) ->
          throw new StepRefusedException(refusal.code());
      // The state machine's retry reads again.
      case AdminResult.Conflict<T> conflict ->
          throw new StepUnavailableException("another change came first");
      case AdminResult.Unavailable<T> unavailable ->
          throw new StepUnavailableException("the allow-list or the audit is unavailable");
      case AdminResult.Unsure<T> unsure ->
          throw new StepUnavailableException("the change may have been made");
      case AdminResult.Invalid<T> invalid -> throw new StepRefusedException("invalid");
      case AdminResult.Forbidden<T> forbidden -> throw new StepRefusedException("forbidden");
    };
  }
}

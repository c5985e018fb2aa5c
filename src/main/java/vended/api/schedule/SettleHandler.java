package vended.api.schedule;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.Wiring;
import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.admin.verification.RolesToProbe;
import vended.admin.verification.SettleProbe;
import vended.admin.verification.Settlement;
import vended.allowlist.AllowListException;
import vended.api.StepRefusedException;
import vended.api.StepUnavailableException;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.FunctionArn;
import vended.json.JsonObject;

/**
 * The settling function, a step of the schedule: lists the roles to probe, and acts on a recorded
 * probe. It has the admin role's permissions, but its code makes only this change.
 */
public final class SettleHandler extends StepHandler {
  private final RolesToProbe rolesToProbe;
  private final SettleProbe settleProbe;

  /** For Lambda: wired by the process's environment. */
  public SettleHandler() {
    this(Wiring.ofProcess());
  }

  /** For a given object graph. */
  public SettleHandler(Wiring wiring) {
    super(wiring.vendIds());
    this.rolesToProbe = wiring.rolesToProbe();
    this.settleProbe = wiring.settleProbe();
  }

  @Override
  Map<String, @Nullable Object> step(VendId id, JsonObject input, Context context) {
    return switch (SettleInput.of(input)) {
      case SettleInput.Page(String after) -> page(after);
      case SettleInput.Probe(VendId probeId) -> settle(id, probeId, context);
    };
  }

  private Map<String, @Nullable Object> page(@Nullable String after) {
    RolesToProbe.Page page;
    try {
      page = rolesToProbe.page(after);
    } catch (AllowListException e) {
      throw new StepUnavailableException("the allow-list is unavailable");
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put(
        "roles", page.roles().stream().map(role -> Map.of("roleArn", role.value())).toList());
    // The whole input for the next page, so that the state machine need not know its form.
    answer.put("next", page.last() == null ? null : Map.of("list", Map.of("after", page.last())));
    return answer;
  }

  private Map<String, @Nullable Object> settle(VendId id, VendId probeId, Context context) {
    FunctionArn function = function(context);
    Trace trace = new Trace(id, requester(function));
    return switch (settleProbe.settle(trace, probeId)) {
      case AdminResult.Done<Settlement>(Settlement settlement, _) ->
          Map.of("settled", settlement.code());
      case AdminResult.Refused<Settlement>(Refusal refusal) ->
          throw new StepRefusedException(refusal.code());
      // The state machine's retry reads again.
      case AdminResult.Conflict<Settlement> conflict ->
          throw new StepUnavailableException("another change came first");
      case AdminResult.Unavailable<Settlement> unavailable ->
          throw new StepUnavailableException("the allow-list or the audit is unavailable");
      case AdminResult.Unsure<Settlement> unsure ->
          throw new StepUnavailableException("the change may have been made");
      case AdminResult.Invalid<Settlement> invalid -> throw new StepRefusedException("invalid");
      case AdminResult.Forbidden<Settlement> forbidden ->
          throw new StepRefusedException("forbidden");
    };
  }
}

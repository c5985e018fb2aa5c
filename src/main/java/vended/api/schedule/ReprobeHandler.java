package vended.api.schedule;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.Priming;
import vended.Wiring;
import vended.api.Fields;
import vended.api.RequestFields;
import vended.api.StepSample;
import vended.api.StepUnavailableException;
import vended.audit.Reason;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.FunctionArn;
import vended.identity.RoleArn;
import vended.json.JsonError;
import vended.json.JsonObject;
import vended.priming.SampleRows;
import vended.probe.ProbeResult;
import vended.probe.ProbeRole;
import vended.probe.Prober;

/**
 * The re-probing function, a step of the schedule: {@code {"roleArn": …}} in, the probe's ID out.
 * It has the vendor role's permissions, but its code can't vend.
 */
public final class ReprobeHandler extends StepHandler {
  private final ProbeRole probeRole;

  /** For Lambda: wired by the process's environment. */
  public ReprobeHandler() {
    this(Priming.primed(Wiring.ofProcess(), sample()));
  }

  /** An event, to prime the function with. */
  public static Priming.Path sample() {
    return new StepSample(ReprobeHandler::new, "{\"roleArn\": \"" + SampleRows.ROLE + "\"}");
  }

  /** For a given object graph. */
  public ReprobeHandler(Wiring wiring) {
    super(wiring.vendIds());
    this.probeRole = wiring.probeRole();
  }

  @Override
  Map<String, @Nullable Object> step(VendId probeId, JsonObject input, Context context) {
    return output(probeId, probe(probeId, input, context));
  }

  private ProbeResult probe(VendId probeId, JsonObject input, Context context) {
    Fields fields = new Fields(input);
    RoleArn role = fields.required("roleArn", RoleArn::parse, RequestFields.ROLE_RULE);
    List<JsonError> errors = fields.errors();
    if (role == null || !errors.isEmpty()) {
      throw invalid(errors);
    }
    FunctionArn function = function(context);
    return probeRole.probe(
        new Trace(probeId, requester(function)),
        Prober.of(function),
        role,
        function.account(),
        Duration.ofMillis(context.getRemainingTimeInMillis()));
  }

  private static Map<String, @Nullable Object> output(VendId probeId, ProbeResult result) {
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    switch (result) {
      case ProbeResult.Probed probed -> {
        output.put("probeId", probeId.value());
        output.put("passed", probed.result().passed());
      }
      // For example, the role was removed from its client since it was listed: nothing to settle.
      case ProbeResult.Refused(Reason reason) -> output.put("refused", reason.code());
      case ProbeResult.Unavailable unavailable ->
          throw new StepUnavailableException("the allow-list or the audit is unavailable");
    }
    return output;
  }
}

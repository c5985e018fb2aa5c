package vended.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.time.Clock;
import java.util.Map;
import vended.TimeLimits;
import vended.Wiring;
import vended.api.admin.AdminHandler;
import vended.api.audit.AuditHandler;
import vended.api.mine.MineHandler;
import vended.api.vend.VendHandler;
import vended.probe.Pause;
import vended.report.make.ReportLimits;

/** Makes the functions, as Lambda would at a cold start. */
public interface Functions {
  /** Handlers by the names that the template calls them. */
  Map<String, RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>> start(
      Map<String, String> environment, Clock clock);

  /** The service's own, with the limits of the deployed functions. */
  static Functions ofService() {
    return ofService(TimeLimits.OF_FUNCTION);
  }

  /** The service's own, with other limits for the calls of AWS. */
  static Functions ofService(TimeLimits limits) {
    return ofService(Pause.sleeping(), limits, ReportLimits.ofFunction());
  }

  /**
   * The service's own.
   *
   * @param pause how a probe waits
   * @param limits for the calls of AWS
   * @param reportLimits for reports
   */
  static Functions ofService(Pause pause, TimeLimits limits, ReportLimits reportLimits) {
    return (environment, clock) ->
        handlers(new Wiring(environment, clock, pause, limits), reportLimits);
  }

  private static Map<
          String, RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>>
      handlers(Wiring wiring, ReportLimits limits) {
    return Map.of(
        "vended.api.vend.VendHandler", new VendHandler(wiring),
        "vended.api.admin.AdminHandler", new AdminHandler(wiring),
        "vended.api.audit.AuditHandler", new AuditHandler(wiring, limits),
        "vended.api.mine.MineHandler", new MineHandler(wiring));
  }
}

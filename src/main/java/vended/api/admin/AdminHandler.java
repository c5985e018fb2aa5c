package vended.api.admin;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vended.Priming;
import vended.Wiring;
import vended.admin.Administration;
import vended.api.ApiHandler;
import vended.api.ApiRequest;
import vended.api.RequestFields.Form;
import vended.api.Response;
import vended.api.Responses;
import vended.api.Sample;
import vended.audit.Reason;
import vended.identity.Caller;

/** The admin function: {@code POST /clients/…} and {@code POST /grants/…}. */
public final class AdminHandler extends ApiHandler {
  private final Administration admin;
  private final Map<String, AdminRoute> routes;

  /** For Lambda: wired by the process's environment. */
  public AdminHandler() {
    this(
        Priming.primed(
            Wiring.ofProcess(), sample(), new Sample(AdminHandler::new, "/clients/list", "{}")));
  }

  /** An event, to prime the function with. */
  public static Priming.Path sample() {
    return new Sample(AdminHandler::new, "/clients/suspend", "{\"all\": true, \"stopped\": true}");
  }

  /** For a given object graph. */
  public AdminHandler(Wiring wiring) {
    super(wiring.vendIds());
    this.admin = wiring.administration();
    this.routes =
        Stream.concat(
                new ClientRoutes(admin).all().stream(),
                new GrantRoutes(admin, wiring.vendIds()).all().stream())
            .collect(
                Collectors.toUnmodifiableMap(route -> "POST " + route.path(), Function.identity()));
  }

  @Override
  protected Response refuse(ApiRequest request, Reason reason) {
    AdminRoute route = routes.get(request.route());
    String action = route == null ? "unknown" : route.path().substring(1);
    return AdminAnswers.of(
        AdminAdvice.GENERAL,
        request.vendId(),
        admin.changes().forbid(request.trace(), action, reason),
        Form.JSON);
  }

  @Override
  protected Response answer(ApiRequest request, Caller caller) {
    AdminRoute route = routes.get(request.route());
    return route == null
        ? Responses.notFound(
            request.vendId(), "This function answers POST /clients/… and POST /grants/….")
        : route.answer(request);
  }

  @Override
  protected Response fault(ApiRequest request, Exception fault) {
    AdminRoute route = routes.get(request.route());
    return route != null && route.changes()
        ? AdminAnswers.faultOfChange(request.vendId())
        : super.fault(request, fault);
  }
}

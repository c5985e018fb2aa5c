package vended.api.access;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vended.AccessWiring;
import vended.api.ApiRequest;
import vended.api.Response;

/** The routes {@code /access/…}. */
public final class AccessRoutes {
  private final Map<String, AccessRoute> routes;

  public AccessRoutes(AccessWiring access) {
    this.routes =
        Map.of(
            "POST /access/list", new ListRoute(access.listAccess(), access.allowListPages()),
            "POST /access/why", new WhyRoute(access.explainDecision()),
            "POST /access/status", new StatusRoute(access.checkStatus()));
  }

  /** One of the routes. */
  interface AccessRoute {
    /**
     * Answers a request.
     *
     * @param log takes what is asked, before anything is read
     */
    Response answer(ApiRequest request, Consumer<Map<String, ?>> log) throws Exception;
  }

  /**
   * Answers a request; null if it is for none of these routes.
   *
   * @param log takes what is asked, before anything is read
   */
  public @Nullable Response answer(ApiRequest request, Consumer<Map<String, ?>> log)
      throws Exception {
    AccessRoute route = routes.get(request.route());
    return route == null ? null : route.answer(request, log);
  }
}

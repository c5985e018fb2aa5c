package vended.api.admin;

import java.util.Arrays;

/** The administrators' routes. All are {@code POST}. */
enum AdminRoute {
  CLIENTS_PUT("/clients/put", true),
  CLIENTS_LIST("/clients/list", false),
  CLIENTS_SUSPEND("/clients/suspend", true),
  CLIENTS_ACTIVATE("/clients/activate", true),
  GRANTS_PUT("/grants/put", true),
  GRANTS_APPLY("/grants/apply", true),
  GRANTS_LIST("/grants/list", false),
  GRANTS_REMOVE("/grants/remove", true),
  /** None of them. */
  UNKNOWN("", false);

  private final String path;
  private final boolean changes;

  AdminRoute(String path, boolean changes) {
    this.path = path;
    this.changes = changes;
  }

  /** The route of a request, by its method and the template's path. */
  static AdminRoute of(String route) {
    return Arrays.stream(values())
        .filter(known -> known != UNKNOWN && route.equals("POST " + known.path))
        .findAny()
        .orElse(UNKNOWN);
  }

  /** The route as the audit names it: {@code grants/put}, or {@code unknown}. */
  String action() {
    return this == UNKNOWN ? "unknown" : path.substring(1);
  }

  /** Whether what is done here is in the audit. */
  boolean changes() {
    return changes;
  }
}

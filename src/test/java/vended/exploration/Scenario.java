package vended.exploration;

import java.util.List;

/**
 * Requests that meet in a world.
 *
 * @param timed whether the order of starts matters: IDs of probes sort by it
 * @param promises what must hold in every situation
 */
record Scenario(World start, boolean timed, List<Request> requests, List<Promise> promises) {
  Scenario {
    requests = List.copyOf(requests);
    promises = List.copyOf(promises);
  }

  /** Who takes part. */
  String name() {
    return String.join(", ", requests.stream().map(Request::name).toList());
  }

  int seat(String request) {
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).name().equals(request)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no request " + request);
  }
}

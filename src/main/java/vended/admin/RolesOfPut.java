package vended.admin;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.audit.Trace;
import vended.identity.AssumableRoles;
import vended.identity.RoleArn;
import vended.json.JsonError;

/**
 * The roles that a put gives a client.
 *
 * @param assumable the roles that a client may have
 */
record RolesOfPut(AssumableRoles assumable, Clock clock) {
  /**
   * What is wrong with the requested roles. All roles that the client already has are accepted, so
   * that the rest of it can be changed.
   */
  List<JsonError> errors(PutClient.Request request, Set<RoleArn> before, String vendorAccount) {
    List<JsonError> errors = new ArrayList<>();
    List<RoleArn> roles = request.roles() == null ? List.of() : request.roles();
    for (int i = 0; i < roles.size(); i++) {
      String place = "/roles/" + i;
      if (!before.contains(roles.get(i))) {
        assumable
            .fault(roles.get(i), vendorAccount)
            .ifPresent(fault -> errors.add(new JsonError(place, fault)));
      }
    }
    return errors;
  }

  /** The roles after the put: those that stay keep what probes found, new ones are awaited. */
  Map<RoleArn, ClientRole> after(
      Trace trace, PutClient.Request request, Map<RoleArn, ClientRole> before) {
    Map<RoleArn, ClientRole> roles = new TreeMap<>(Comparator.comparing(RoleArn::value));
    for (RoleArn role : request.roles() == null ? before.keySet() : request.roles()) {
      ClientRole known = before.get(role);
      roles.put(role, known == null ? awaited(null) : known);
    }
    if (request.activateWhenSafe() != null) {
      var activation = new Activation(trace.by(), trace.vendId().value());
      boolean on = request.activateWhenSafe();
      roles.replaceAll((arn, role) -> on ? activating(role, activation) : role.withoutActivation());
    }
    return roles;
  }

  private ClientRole awaited(@Nullable Activation activation) {
    return ClientRole.awaited(new Awaited(clock.instant(), activation, null));
  }

  /** A request that was made before keeps its time, until that is over. */
  private ClientRole activating(ClientRole role, Activation activation) {
    Awaited awaited = role.awaited();
    boolean asked =
        awaited != null && awaited.activation() != null && !awaited.isOver(clock.instant());
    return asked || !role.isNew() ? role : awaited(activation);
  }
}

package vended.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vended.iam.AccessRequest;
import vended.iam.Decision;
import vended.iam.Policy;

/** The roles that exist, and who may assume them: IAM's part of AssumeRole. */
final class ClientRoles {
  private final Map<String, Role> byArn = new ConcurrentHashMap<>();
  private final Map<String, Instant> deniedUntil = new ConcurrentHashMap<>();
  private final Attachments attachments;
  private final Clock clock;

  record Role(String arn, String uniqueId, Policy trust, Duration maxSession) {}

  ClientRoles(Attachments attachments, Clock clock) {
    this.attachments = attachments;
    this.clock = clock;
  }

  void put(Role role) {
    byArn.put(role.arn(), role);
  }

  void remove(String arn) {
    byArn.remove(arn);
  }

  void clear() {
    byArn.clear();
    deniedUntil.clear();
  }

  /** IAM is eventually consistent: a new role, or a new trust policy, denies for some seconds. */
  void denyUntil(String arn, Instant instant) {
    deniedUntil.put(arn, instant);
  }

  /** Finds the role, if the caller may assume it in just this way. */
  Role authorize(Principal caller, AssumeRoleCall call) throws StsException {
    Optional<Role> role = Optional.ofNullable(byArn.get(call.roleArn()));
    boolean settled =
        !clock.instant().isBefore(deniedUntil.getOrDefault(call.roleArn(), Instant.MIN));
    AccessRequest request = request(caller, call);
    for (String action : actions(call)) {
      if (role.isEmpty() || !settled || !allowed(caller, role.get(), request.asking(action))) {
        throw StsException.accessDenied(caller, action, call.roleArn());
      }
    }
    return role.orElseThrow();
  }

  /**
   * Across accounts both sides must allow. Within one, the trust policy alone can, unless the
   * caller's own policies deny (IAM User Guide, "Policy evaluation logic").
   */
  private boolean allowed(Principal caller, Role role, AccessRequest request) {
    Decision identity = Policy.evaluate(attachments.of(caller), request);
    boolean sameAccount = role.arn().split(":", 6)[4].equals(caller.account());
    return role.trust().evaluate(request).allowed()
        && (identity.allowed() || (sameAccount && identity != Decision.EXPLICIT_DENY));
  }

  /** Each of them is asked for; AssumeRole alone doesn't let a caller tag or name itself. */
  private static List<String> actions(AssumeRoleCall call) {
    List<String> actions = new ArrayList<>(List.of("sts:AssumeRole"));
    if (call.sourceIdentity().isPresent()) {
      actions.add("sts:SetSourceIdentity");
    }
    if (!call.tags().isEmpty()) {
      actions.add("sts:TagSession");
    }
    return actions;
  }

  private AccessRequest request(Principal caller, AssumeRoleCall call) {
    Map<String, List<String>> context = new HashMap<>();
    context.put("aws:PrincipalArn", List.of(caller.identityArn()));
    context.put("aws:PrincipalAccount", List.of(caller.account()));
    context.put("aws:userid", List.of(caller.userId()));
    attachments
        .functionOf(caller)
        .ifPresent(arn -> context.put("lambda:SourceFunctionArn", List.of(arn)));
    context.put("sts:RoleSessionName", List.of(call.sessionName()));
    call.externalId().ifPresent(id -> context.put("sts:ExternalId", List.of(id)));
    call.sourceIdentity().ifPresent(id -> context.put("sts:SourceIdentity", List.of(id)));
    call.tags().forEach((key, value) -> context.put("aws:RequestTag/" + key, List.of(value)));
    if (!call.tags().isEmpty()) {
      context.put("aws:TagKeys", List.copyOf(call.tags().keySet()));
    }
    if (!call.transitiveTagKeys().isEmpty()) {
      context.put("sts:TransitiveTagKeys", call.transitiveTagKeys());
    }
    return new AccessRequest(
        Set.copyOf(List.of(caller.arn(), caller.identityArn())),
        "sts:AssumeRole",
        call.roleArn(),
        context);
  }
}

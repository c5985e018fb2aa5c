package vended.api.vend;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.api.Cursors;
import vended.api.Response;
import vended.identity.Caller;
import vended.vending.ListRoles.Held;
import vended.vending.ListRoles.HeldGrant;

/** The response of {@code POST /roles}: the caller and the caller's grants. */
final class RolesAnswer {
  private RolesAnswer() {}

  static Response of(Caller caller, Held held) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("caller", caller(caller));
    answer.put("grants", held.grants().stream().map(RolesAnswer::grant).toList());
    answer.put("truncated", held.last() != null);
    answer.put("cursor", held.last() == null ? null : Cursors.encode(held.last()));
    return Response.json(answer);
  }

  private static Map<String, @Nullable Object> caller(Caller caller) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("arn", caller.arn().value());
    object.put("uniqueId", caller.uniqueId());
    object.put("session", caller.session());
    object.put("account", caller.arn().account());
    return object;
  }

  private static Map<String, @Nullable Object> grant(HeldGrant held) {
    Grant grant = held.grant();
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("roleArn", grant.role().value());
    object.put("clientAccount", grant.role().account());
    object.put("clientName", held.clientName());
    object.put("maxDurationSeconds", grant.maxDurationSeconds());
    object.put("usable", held.usable());
    object.put("setsPolicy", grant.setsPolicy());
    object.put("pinned", grant.callerId() != null);
    object.put("disabled", grant.disabled());
    object.put("notBefore", text(grant.notBefore()));
    object.put("expiresAt", text(grant.expiresAt()));
    object.put("description", grant.description());
    return object;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}

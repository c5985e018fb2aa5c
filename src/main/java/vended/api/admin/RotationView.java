package vended.api.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.Rotation;
import vended.allowlist.Stored;

/** Shows administrators the rotation of an ExternalId, and what the client has to do for it. */
final class RotationView {
  private RotationView() {}

  /** Null without a rotation. */
  static @Nullable Map<String, @Nullable Object> json(
      Client client, @Nullable Stored<Rotation> stored) {
    if (stored == null) {
      return null;
    }
    Rotation rotation = stored.value();
    Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
    parameters.put("ExternalId", client.externalId());
    parameters.put("SecondExternalId", rotation.switched() ? "" : rotation.externalId());
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("state", state(rotation));
    members.put(
        rotation.switched() ? "previousExternalId" : "nextExternalId", rotation.externalId());
    members.put("templateParameters", parameters);
    members.putAll(stored.stamps());
    return members;
  }

  static String state(Rotation rotation) {
    return rotation.switched() ? "switched" : "started";
  }
}

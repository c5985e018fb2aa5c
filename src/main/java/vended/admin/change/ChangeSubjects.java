package vended.admin.change;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.GrantMembers;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Vending;
import vended.audit.ChangeRecord.Subject;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.Json;
import vended.text.Sha256;

/** What the audit records of a change. It has ExternalIds and policies as digests only. */
public final class ChangeSubjects {
  private ChangeSubjects() {}

  public static Subject client(
      String action, String account, @Nullable Client before, @Nullable Client after) {
    return client(action, account, null, before, after);
  }

  /**
   * A change of a client and of the rotation of its ExternalId.
   *
   * @param rotation the rotation from now on; null if there is none
   */
  public static Subject rotation(
      String action, Client before, Client after, @Nullable Rotation rotation) {
    return new Subject(
        action,
        after.account(),
        null,
        after.account(),
        after.name(),
        text(before),
        text(after, rotation));
  }

  public static Subject role(
      String action, RoleArn role, @Nullable Client before, @Nullable Client after) {
    return client(action, role.account(), role.value(), before, after);
  }

  private static Subject client(
      String action,
      String account,
      @Nullable String roleArn,
      @Nullable Client before,
      @Nullable Client after) {
    Client known = after == null ? before : after;
    String name = known == null ? null : known.name();
    return new Subject(action, account, roleArn, account, name, text(before), text(after));
  }

  public static Subject grant(
      String action,
      CallerArn caller,
      RoleArn role,
      @Nullable Grant before,
      @Nullable Grant after) {
    return new Subject(
        action, caller.value(), role.value(), role.account(), null, text(before), text(after));
  }

  /** What a client changes of its own suspension. */
  public static Subject hold(Client client, @Nullable Hold before, @Nullable Hold after) {
    String account = client.account();
    return new Subject(
        "mine/suspend", account, null, account, client.name(), text(before), text(after));
  }

  private static @Nullable String text(@Nullable Hold hold) {
    return hold == null
        ? null
        : Json.write(Map.of("suspended", hold.suspended(), "version", hold.version()));
  }

  public static Subject vending(@Nullable Vending before, @Nullable Vending after) {
    return new Subject("clients/suspend", "vending", null, null, null, text(before), text(after));
  }

  private static @Nullable String text(@Nullable Client client) {
    return client == null ? null : text(client, null);
  }

  private static String text(Client client, @Nullable Rotation rotation) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("name", client.name());
    members.put("externalIdSha256", sha256(client.externalId()));
    if (rotation != null) {
      members.put(
          rotation.switched() ? "previousExternalIdSha256" : "nextExternalIdSha256",
          sha256(rotation.externalId()));
    }
    members.put("suspended", client.suspended());
    members.put("ownAccount", client.ownAccount());
    Map<String, String> roles = new LinkedHashMap<>();
    client.roles().forEach((arn, role) -> roles.put(arn.value(), text(role)));
    members.put("roles", roles);
    members.put("version", client.version());
    return Json.write(members);
  }

  private static String text(ClientRole role) {
    return role.verified() != null
        ? "verified by " + role.probeId()
        : role.drift() != null ? "drifted, by " + role.drift() : unverified(role.awaited());
  }

  private static String unverified(ClientRole.@Nullable Awaited awaited) {
    String ready =
        awaited == null || awaited.readyBy() == null ? "" : ", ready by " + awaited.readyBy();
    return awaited == null || awaited.activation() == null
        ? "not verified" + ready
        : "not verified%s, activation asked for by %s in %s"
            .formatted(ready, awaited.activation().by(), awaited.activation().request());
  }

  private static @Nullable String text(@Nullable Grant grant) {
    if (grant == null) {
      return null;
    }
    Map<String, @Nullable Object> members = GrantMembers.of(grant);
    members.remove("unpinned");
    members.remove("policy");
    members.put("policySha256", sha256(grant.policy()));
    members.put("policyLength", grant.policy() == null ? null : grant.policy().length());
    members.put("version", grant.version());
    return Json.write(members);
  }

  private static @Nullable String text(@Nullable Vending stored) {
    return stored == null
        ? null
        : Json.write(Map.of("stopped", stored.stopped(), "version", stored.version()));
  }

  private static @Nullable String sha256(@Nullable String text) {
    return text == null ? null : Sha256.sha256(text);
  }
}

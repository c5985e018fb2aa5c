package vended.vending;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowList;
import vended.audit.Reason;
import vended.identity.Caller;
import vended.identity.RoleArn;

/** Whether a caller may assume a client role. */
public sealed interface Decision {
  /**
   * The caller may.
   *
   * @param client the client
   * @param grant the grant
   * @param verified what the client role's trust policy allows
   */
  record Permitted(Client client, Grant grant, ClientRole.Verified verified) implements Decision {}

  /**
   * The caller may not.
   *
   * @param reason for the audit only; the caller is not told
   */
  record Refused(Reason reason) implements Decision {}

  /**
   * Decides from the rows alone.
   *
   * @param entry the rows, read for this request
   * @param caller who asks
   * @param role the client role
   * @param ownAccount the vendor's own account, twelve digits
   * @param now the time
   */
  static Decision of(
      AllowList.Entry entry, Caller caller, RoleArn role, String ownAccount, Instant now) {
    // Without an ID, obstacles would not compare it.
    String uniqueId = Objects.requireNonNull(caller.uniqueId());
    List<Obstacle> obstacles = obstacles(entry, uniqueId, role, ownAccount, now);
    if (obstacles.isEmpty()
        && entry.client() instanceof Row.Found<Client>(Client client)
        && entry.grant() instanceof Row.Found<Grant>(Grant grant)) {
      return new Permitted(client, grant, Objects.requireNonNull(client.verified(role)));
    }
    // Throws if a row is missing without an obstacle: then nothing is vended either.
    return new Refused(obstacles.getFirst().reason());
  }

  /**
   * All that stands against a vend, in the order in which decisions look for it; empty if nothing
   * does.
   *
   * @param uniqueId the caller's unique ID; null if it is not known, which is then taken to be the
   *     one that the grant is bound to, if any
   */
  static List<Obstacle> obstacles(
      AllowList.Entry entry,
      @Nullable String uniqueId,
      RoleArn role,
      String ownAccount,
      Instant now) {
    List<Obstacle> obstacles = new ArrayList<>();
    switch (entry.vending()) {
      case Row.Corrupt<Vending> corrupt -> obstacles.add(Obstacle.CORRUPT_SWITCH);
      case Row.Found<Vending>(Vending vending) when vending.stopped() ->
          obstacles.add(Obstacle.VENDING_STOPPED);
      case Row.Found<Vending> running -> {}
      case Row.Missing<Vending> running -> {}
    }
    switch (entry.grant()) {
      case Row.Missing<Grant> none -> obstacles.add(Obstacle.NO_GRANT);
      case Row.Corrupt<Grant> corrupt -> obstacles.add(Obstacle.CORRUPT_GRANT);
      case Row.Found<Grant>(Grant grant) -> obstacles.addAll(ofGrant(grant, uniqueId, now));
    }
    switch (entry.hold()) {
      case Row.Missing<Hold> never -> {}
      case Row.Corrupt<Hold> corrupt -> obstacles.add(Obstacle.CORRUPT_HOLD);
      case Row.Found<Hold>(Hold hold) when hold.suspended() ->
          obstacles.add(Obstacle.SUSPENDED_BY_CLIENT);
      case Row.Found<Hold> ended -> {}
    }
    switch (entry.client()) {
      case Row.Missing<Client> none -> obstacles.add(Obstacle.NO_CLIENT);
      case Row.Corrupt<Client> corrupt -> obstacles.add(Obstacle.CORRUPT_CLIENT);
      case Row.Found<Client>(Client client) -> obstacles.addAll(ofClient(client, role, ownAccount));
    }
    return obstacles;
  }

  /**
   * Why a grant is not in force for this caller; empty if it is.
   *
   * @param uniqueId as in {@link #obstacles}
   */
  static List<Obstacle> ofGrant(Grant grant, @Nullable String uniqueId, Instant now) {
    List<Obstacle> obstacles = new ArrayList<>();
    if (uniqueId != null && grant.callerId() != null && !grant.callerId().equals(uniqueId)) {
      obstacles.add(Obstacle.CALLER_ID_MISMATCH);
    }
    if (grant.disabled()) {
      obstacles.add(Obstacle.GRANT_DISABLED);
    }
    if (grant.notBefore() != null && now.isBefore(grant.notBefore())) {
      obstacles.add(Obstacle.GRANT_NOT_YET_VALID);
    }
    if (grant.expiresAt() != null && !now.isBefore(grant.expiresAt())) {
      obstacles.add(Obstacle.GRANT_EXPIRED);
    }
    return obstacles;
  }

  /** Why a role of a client is not vended to anybody; empty if it can be. */
  static List<Obstacle> ofClient(Client client, RoleArn role, String ownAccount) {
    List<Obstacle> obstacles = new ArrayList<>();
    if (client.suspended()) {
      obstacles.add(Obstacle.CLIENT_SUSPENDED);
    }
    // Another account marked as the vendor's own would be entered without an ExternalId.
    if (client.ownAccount() && !client.account().equals(ownAccount)) {
      obstacles.add(Obstacle.NOT_OWN_ACCOUNT);
    }
    if (client.verified(role) == null) {
      ClientRole known = client.roles().get(role);
      obstacles.add(
          known == null
              ? Obstacle.ROLE_NOT_KNOWN
              : known.drift() != null ? Obstacle.ROLE_DRIFTED : Obstacle.ROLE_NOT_VERIFIED);
    }
    return obstacles;
  }
}

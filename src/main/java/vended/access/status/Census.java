package vended.access.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import vended.access.status.Finding.Ending;
import vended.access.status.Finding.Held;
import vended.access.status.Finding.Kind;
import vended.access.status.Finding.Role;
import vended.access.status.Finding.Rotating;
import vended.access.status.Finding.Suspended;
import vended.access.status.Finding.Words;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages.Page;
import vended.allowlist.read.HoldPages;
import vended.audit.AuditTime;
import vended.identity.RoleArn;

/** Counts clients and grants page by page, and keeps only what a finding may need. */
final class Census {
  /** Grants that end within this time are found. */
  static final Duration SOON = Duration.ofDays(14);

  /** A rotation that takes longer is found. */
  static final Duration ROTATION = Duration.ofDays(14);

  private final Instant now;
  private final List<Rotating> rotating = new ArrayList<>();
  private final List<Rotating> overdue = new ArrayList<>();
  private final List<Words> corrupt = new ArrayList<>();
  private final List<Suspended> suspended = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final List<Role> drifted = new ArrayList<>();
  private final List<Role> unverified = new ArrayList<>();
  private final List<Ending> ending = new ArrayList<>();
  private final List<Ending> shortEnding = new ArrayList<>();
  private final Map<RoleArn, Integer> grantsOf = new HashMap<>();
  private int clients;
  private int grants;
  private Instant oldestVerified = Instant.MAX;

  Census(Instant now) {
    this.now = now;
  }

  /** Takes a page of clients; pages of grants may come at the same time. */
  synchronized void clients(Page<Client, ?> page) {
    page.rows().forEach(this::client);
    page.corrupt().forEach(fault -> corrupt.add(new Words(fault)));
  }

  /** Takes the suspensions that clients made themselves. */
  synchronized void holds(Map<String, Row<Stored<Hold>>> holds) {
    HoldPages.standing(holds).stream()
        .sorted()
        .forEach(
            account -> held.add(new Held(account, Objects.requireNonNull(holds.get(account)))));
  }

  /** Takes the rotations of ExternalIds that have not ended. */
  synchronized void rotations(Map<String, Row<Stored<Rotation>>> rotations) {
    rotations.forEach(
        (account, row) -> {
          switch (row) {
            case Row.Corrupt<Stored<Rotation>>(String fault) ->
                corrupt.add(new Words("account#" + account + " rotation: " + fault));
            case Row.Found<Stored<Rotation>>(Stored<Rotation> stored) ->
                (isOverdue(stored) ? overdue : rotating).add(new Rotating(account, row));
            case Row.Missing<Stored<Rotation>> none -> {}
          }
        });
  }

  private boolean isOverdue(Stored<Rotation> stored) {
    return AuditTime.parse(stored.createdAt())
        .filter(at -> at.isAfter(now.minus(ROTATION)))
        .isEmpty();
  }

  /** Takes a page of grants. */
  synchronized void grants(Page<Grant, ?> page) {
    page.rows().forEach(this::grant);
    page.corrupt().forEach(fault -> corrupt.add(new Words(fault)));
  }

  private void client(Stored<Client> stored) {
    Client client = stored.value();
    clients++;
    if (client.suspended()) {
      suspended.add(new Suspended(stored));
    }
    client.roles().forEach((arn, role) -> role(client, arn, role));
  }

  /** Roles of a suspended client are never vended, whatever their state. */
  private void role(Client client, RoleArn arn, ClientRole role) {
    ClientRole.Verified verified = role.verified();
    if (verified != null && verified.verifiedAt().isBefore(oldestVerified)) {
      oldestVerified = verified.verifiedAt();
    }
    if (verified == null && !client.suspended()) {
      (role.drift() != null ? drifted : unverified).add(new Role(client, arn, role.drift(), 0));
    }
  }

  private void grant(Stored<Grant> stored) {
    Grant grant = stored.value();
    grants++;
    Instant end = grant.expiresAt();
    if (grant.disabled() || (end != null && !now.isBefore(end))) {
      return;
    }
    grantsOf.merge(grant.role(), 1, Integer::sum);
    if (end != null && end.isBefore(now.plus(SOON))) {
      Instant latest = end.minus(SOON);
      boolean known =
          AuditTime.parse(stored.updatedAt()).filter(at -> !at.isBefore(latest)).isPresent();
      (known ? shortEnding : ending).add(new Ending(stored));
    }
  }

  int clients() {
    return clients;
  }

  int grants() {
    return grants;
  }

  /** The oldest verification of a role; far in the future if no role is verified. */
  Instant oldestVerified() {
    return oldestVerified;
  }

  /** All findings, those without items as well. */
  List<Finding> findings() {
    List<Role> waiting = counted(unverified);
    Map<Kind, List<Role>> unused =
        waiting.stream()
            .filter(role -> role.grants() == 0)
            .collect(Collectors.groupingBy(this::unusedKind));
    return List.of(
        Finding.of(Kind.CORRUPT_ROWS, corrupt),
        Finding.of(Kind.DRIFTED_ROLES, counted(drifted)),
        Finding.of(
            Kind.UNVERIFIED_ROLES, waiting.stream().filter(role -> role.grants() > 0).toList()),
        Finding.of(Kind.ROLES_READY, unused.getOrDefault(Kind.ROLES_READY, List.of())),
        Finding.of(Kind.ROLES_OVERDUE, unused.getOrDefault(Kind.ROLES_OVERDUE, List.of())),
        Finding.of(Kind.GRANTS_ENDING, sorted(ending)),
        Finding.of(Kind.SHORT_GRANTS_ENDING, sorted(shortEnding)),
        Finding.of(Kind.ROTATIONS_OVERDUE, overdue),
        Finding.of(Kind.ROTATIONS_OPEN, rotating),
        Finding.of(Kind.SUSPENDED_CLIENTS, suspended),
        Finding.of(Kind.CLIENTS_SUSPENDED_BY_THEMSELVES, held),
        Finding.of(
            Kind.UNUSED_UNVERIFIED_ROLES,
            unused.getOrDefault(Kind.UNUSED_UNVERIFIED_ROLES, List.of())));
  }

  private Kind unusedKind(Role role) {
    ClientRole known = role.client().roles().get(role.role());
    ClientRole.Awaited awaited = known == null ? null : known.awaited();
    if (awaited == null) {
      return Kind.UNUSED_UNVERIFIED_ROLES;
    }
    return awaited.readyBy() != null
        ? Kind.ROLES_READY
        : awaited.isOver(now) ? Kind.ROLES_OVERDUE : Kind.UNUSED_UNVERIFIED_ROLES;
  }

  private List<Role> counted(List<Role> roles) {
    return roles.stream()
        .map(
            role ->
                new Role(
                    role.client(),
                    role.role(),
                    role.probeId(),
                    grantsOf.getOrDefault(role.role(), 0)))
        .sorted(Comparator.comparingInt(Role::grants).reversed())
        .toList();
  }

  private static List<Ending> sorted(List<Ending> endings) {
    return endings.stream()
        .sorted(Comparator.comparing(e -> Objects.requireNonNull(e.grant().value().expiresAt())))
        .toList();
  }
}

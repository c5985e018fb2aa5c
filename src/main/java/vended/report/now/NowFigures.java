package vended.report.now;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.audit.AuditTime;
import vended.identity.RoleArn;
import vended.report.now.AllowListNow.Drifted;
import vended.report.now.AllowListNow.Suspended;
import vended.report.now.AllowListNow.Switch;
import vended.report.now.AllowListNow.SwitchState;
import vended.report.now.AllowListNow.Unused;
import vended.report.period.Refusals;
import vended.vending.Decision;
import vended.vending.Obstacle;

/**
 * What there is to check in the allow-list.
 *
 * @param now the time of the report
 */
public record NowFigures(WholeAllowList all, Instant now) {
  /** Grants that would let their caller in now, but for the client, its role and the switch. */
  public Stream<Stored<Grant>> inForce() {
    return all.grants().stream()
        .filter(stored -> Decision.ofGrant(stored.value(), null, now).isEmpty());
  }

  private static boolean isExpired(Grant grant, Instant at) {
    return Decision.ofGrant(grant, null, at).contains(Obstacle.GRANT_EXPIRED);
  }

  /**
   * The figures.
   *
   * @param idle the grants in force that were not used lately
   * @param refusals of the period, whose clients are to have names
   */
  public AllowListNow of(List<Unused> idle, Refusals refusals) {
    Instant since = now.minus(AllowListNow.IDLE);
    Map<Boolean, List<Unused>> unused =
        idle.stream().collect(Collectors.partitioningBy(one -> isYoung(one.grant(), since)));
    Instant soon = now.plus(AllowListNow.SOON);
    Listing<Stored<Grant>> unpinned =
        Listing.of(grants(grant -> !isExpired(grant, now) && grant.callerId() == null));
    Listing<Stored<Grant>> expired = Listing.of(byEnd(grant -> isExpired(grant, now)));
    Listing<Stored<Grant>> expiring =
        Listing.of(
            byEnd(grant -> !isExpired(grant, now) && !grant.disabled() && isExpired(grant, soon)));
    Listing<Unused> shownUnused = Listing.of(unused.getOrDefault(false, List.of()));
    Set<String> accounts = accounts(refusals, shownUnused, List.of(unpinned, expired, expiring));
    return new AllowListNow(
        vending(all.vending()),
        all.clients().size(),
        all.grants().size(),
        grants(Grant::disabled).size(),
        Listing.of(suspended()),
        Listing.of(all.clients().stream().flatMap(NowFigures::drifted).toList()),
        Listing.of(all.corrupt()),
        unpinned,
        expired,
        expiring,
        shownUnused,
        unused.getOrDefault(true, List.of()).size(),
        names(accounts));
  }

  /** Whether the grant was made, or starts to hold, after {@code since}. */
  private static boolean isYoung(Stored<Grant> stored, Instant since) {
    Instant from = stored.value().notBefore();
    return (from != null && from.isAfter(since))
        || AuditTime.parse(stored.createdAt()).filter(made -> made.isAfter(since)).isPresent();
  }

  private static Set<String> accounts(
      Refusals refusals, Listing<Unused> unused, List<Listing<Stored<Grant>>> lists) {
    Set<String> accounts = new HashSet<>();
    lists.stream()
        .flatMap(list -> list.shown().stream())
        .forEach(stored -> accounts.add(stored.value().role().account()));
    unused.shown().forEach(one -> accounts.add(one.grant().value().role().account()));
    refusals.kinds().stream()
        .flatMap(kind -> RoleArn.parse(kind.roleArn()).stream())
        .forEach(role -> accounts.add(role.account()));
    return accounts;
  }

  private Map<String, String> names(Set<String> accounts) {
    Map<String, String> names = new HashMap<>();
    all.clients().stream()
        .filter(client -> accounts.contains(client.account()))
        .forEach(client -> names.put(client.account(), client.name()));
    return names;
  }

  private static Switch vending(Row<Stored<Vending>> row) {
    return switch (row) {
      case Row.Missing<Stored<Vending>> missing -> new Switch(SwitchState.RUNNING, null, null);
      case Row.Corrupt<Stored<Vending>> corrupt -> new Switch(SwitchState.UNREADABLE, null, null);
      case Row.Found<Stored<Vending>>(Stored<Vending> stored) ->
          new Switch(
              stored.value().stopped() ? SwitchState.STOPPED : SwitchState.RUNNING,
              stored.updatedAt(),
              stored.updatedBy());
    };
  }

  private List<Suspended> suspended() {
    return all.clients().stream()
        .filter(client -> client.suspended() || all.held().contains(client.account()))
        .map(
            client ->
                new Suspended(
                    client.account(), client.name(), all.held().contains(client.account())))
        .toList();
  }

  private static Stream<Drifted> drifted(Client client) {
    return client.roles().entrySet().stream()
        .filter(role -> role.getValue().drift() != null)
        .map(
            role ->
                new Drifted(
                    role.getKey().value(), client.name(), String.valueOf(role.getValue().drift())));
  }

  private List<Stored<Grant>> grants(Predicate<Grant> condition) {
    return all.grants().stream().filter(stored -> condition.test(stored.value())).toList();
  }

  private List<Stored<Grant>> byEnd(Predicate<Grant> condition) {
    return grants(condition).stream()
        .sorted(Comparator.comparing(stored -> Objects.requireNonNull(stored.value().expiresAt())))
        .toList();
  }
}

package vended.report.make;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.report.Figure;
import vended.report.GrantFigures;
import vended.report.GrantFigures.Drifted;
import vended.report.GrantFigures.Suspended;
import vended.report.GrantFigures.Switch;
import vended.report.GrantFigures.SwitchState;
import vended.report.Shortened;
import vended.report.Unused;

/** Adds up the allow-list. */
final class GrantTally {
  private final AllowListNow list;
  private final Instant now;

  GrantTally(AllowListNow list, Instant now) {
    this.list = list;
    this.now = now;
  }

  GrantFigures figures(Unused unused) {
    Instant soon = now.plus(GrantFigures.SOON);
    return new GrantFigures(
        vending(list.vending()),
        Figure.of(list.clients().size(), list.allClients()),
        Figure.of(list.grants().size(), list.allGrants()),
        list.isWhole(),
        Shortened.of(suspended(), list.allClients()),
        Shortened.of(
            list.clients().stream().flatMap(GrantTally::drifted).toList(), list.allClients()),
        Shortened.of(list.corrupt(), list.isWhole()),
        Figure.of(grants(Grant::disabled).size(), list.allGrants()),
        Shortened.of(
            grants(grant -> !isExpired(grant, now) && grant.callerId() == null), list.allGrants()),
        Shortened.of(byEnd(grants(grant -> isExpired(grant, now))), list.allGrants()),
        Shortened.of(
            byEnd(
                grants(
                    grant ->
                        !isExpired(grant, now) && !grant.disabled() && isExpired(grant, soon))),
            list.allGrants()),
        unused);
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
    return list.clients().stream()
        .filter(Client::suspended)
        .map(client -> new Suspended(client.account(), client.name()))
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
    return list.grants().stream().filter(stored -> condition.test(stored.value())).toList();
  }

  private static List<Stored<Grant>> byEnd(List<Stored<Grant>> ending) {
    return ending.stream()
        .sorted(Comparator.comparing(stored -> Objects.requireNonNull(stored.value().expiresAt())))
        .toList();
  }

  /** Whether a grant admits its caller, as far as the grant decides. */
  static boolean holds(Grant grant, Instant now) {
    return !grant.disabled()
        && !isExpired(grant, now)
        && (grant.notBefore() == null || !now.isBefore(grant.notBefore()));
  }

  private static boolean isExpired(Grant grant, Instant now) {
    return grant.expiresAt() != null && !now.isBefore(grant.expiresAt());
  }
}

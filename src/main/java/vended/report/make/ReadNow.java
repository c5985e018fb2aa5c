package vended.report.make;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages;
import vended.allowlist.AllowListPages.GrantKey;
import vended.allowlist.AllowListPages.Page;
import vended.allowlist.AllowListPages.Selection;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.LastUse;
import vended.audit.query.Period;
import vended.identity.RoleArn;
import vended.report.make.ReportLimits.Work;
import vended.report.now.AllowListNow;
import vended.report.now.AllowListNow.Drifted;
import vended.report.now.AllowListNow.Suspended;
import vended.report.now.AllowListNow.Switch;
import vended.report.now.AllowListNow.SwitchState;
import vended.report.now.AllowListNow.Unused;
import vended.report.now.Listing;
import vended.report.period.Refusals;

/** Reads the whole allow-list, and looks up when its grants were used. */
final class ReadNow {
  private static final int PAGE = 200;

  private final AllowListPages pages;
  private final LastUse lastUse;
  private final Instant now;
  private final List<Client> clients = new ArrayList<>();
  private final List<Stored<Grant>> grants = new ArrayList<>();
  private final List<String> corrupt = new ArrayList<>();
  private final Row<Stored<Vending>> vending;

  /**
   * Reads all pages: 20,000 grants are 100 pages, which take a second or two.
   *
   * @throws AllowListException if they could not be read
   */
  ReadNow(AllowListPages pages, LastUse lastUse, Clock clock) throws AllowListException {
    this.pages = pages;
    this.lastUse = lastUse;
    this.now = clock.instant();
    this.vending = pages.vendingSwitch();
    readClients();
    readGrants();
  }

  private void readClients() throws AllowListException {
    @Nullable String last = null;
    do {
      Page<Client, String> page = pages.clients(last, PAGE);
      page.rows().forEach(stored -> clients.add(stored.value()));
      corrupt.addAll(page.corrupt());
      last = page.last();
    } while (last != null);
  }

  private void readGrants() throws AllowListException {
    @Nullable GrantKey last = null;
    do {
      Page<Grant, GrantKey> page = pages.grants(new Selection.All(), last, PAGE);
      grants.addAll(page.rows());
      corrupt.addAll(page.corrupt());
      last = page.last();
    } while (last != null);
  }

  /**
   * Looks up the last uses of the grants that the period does not prove used, as far as there is
   * time.
   *
   * @return whether all are known
   */
  boolean lookUp(ReportState state, Work work) throws AuditException {
    List<LastUse.Pair> unknown =
        unproven(state)
            .filter(stored -> !state.lastUses.containsKey(key(stored.value())))
            .map(stored -> new LastUse.Pair(stored.value().caller(), stored.value().role()))
            .toList();
    if (unknown.isEmpty()) {
      return true;
    }
    Map<LastUse.Pair, LastUse.Use> found = lastUse.before(unknown, Period.END, work.time());
    found.forEach(
        (pair, use) ->
            state.lastUses.put(pair.caller().value() + " " + pair.role().value(), text(use)));
    return found.size() == unknown.size();
  }

  /** The time of a use. Where others hide it, the time that it was certainly not after. */
  private static String text(LastUse.Use use) {
    return switch (use) {
      case LastUse.Use.Used(Instant at) -> AuditTime.at(at);
      case LastUse.Use.Never never -> "";
      case LastUse.Use.NotSince(Instant since) -> AuditTime.at(since);
    };
  }

  private static String key(Grant grant) {
    return grant.caller().value() + " " + grant.role().value();
  }

  /** Grants in force that the period does not prove used. */
  private Stream<Stored<Grant>> unproven(ReportState state) {
    String since = AuditTime.at(now.minus(AllowListNow.IDLE));
    Set<String> used = new HashSet<>();
    // If even the first vend is late enough, whatever its outcome, then a granted one is.
    state
        .sum
        .vends
        .granted()
        .forEach(
            (pair, usage) -> {
              if (usage.first().compareTo(since) >= 0) {
                used.add(pair.caller() + " " + pair.roleArn());
              }
            });
    return grants.stream()
        .filter(stored -> isInForce(stored.value()) && !used.contains(key(stored.value())));
  }

  /** Those of them that were not used for 90 days, once all uses are known. */
  private List<Unused> unused(ReportState state) {
    String since = AuditTime.at(now.minus(AllowListNow.IDLE));
    return unproven(state)
        .map(stored -> unused(stored, state))
        .filter(one -> one.lastUsed() == null || one.lastUsed().compareTo(since) < 0)
        .toList();
  }

  private boolean isInForce(Grant grant) {
    return !grant.disabled()
        && !isExpired(grant, now)
        && (grant.notBefore() == null || !now.isBefore(grant.notBefore()));
  }

  private static boolean isExpired(Grant grant, Instant at) {
    return grant.expiresAt() != null && !at.isBefore(grant.expiresAt());
  }

  /** Whether the grant was made, or starts to hold, after {@code since}. */
  private static boolean isYoung(Stored<Grant> stored, Instant since) {
    Instant from = stored.value().notBefore();
    return (from != null && from.isAfter(since))
        || AuditTime.parse(stored.createdAt()).filter(made -> made.isAfter(since)).isPresent();
  }

  /** The figures, once all uses are known. */
  AllowListNow figures(ReportState state, Refusals refusals) {
    Instant since = now.minus(AllowListNow.IDLE);
    Map<Boolean, List<Unused>> unused =
        unused(state).stream()
            .collect(Collectors.partitioningBy(one -> isYoung(one.grant(), since)));
    Instant soon = now.plus(AllowListNow.SOON);
    Listing<Stored<Grant>> unpinned =
        Listing.of(grants(grant -> !isExpired(grant, now) && grant.callerId() == null));
    Listing<Stored<Grant>> expired = Listing.of(byEnd(grant -> isExpired(grant, now)));
    Listing<Stored<Grant>> expiring =
        Listing.of(
            byEnd(grant -> !isExpired(grant, now) && !grant.disabled() && isExpired(grant, soon)));
    Listing<Unused> shownUnused = Listing.of(unused.getOrDefault(false, List.of()));
    Set<String> accounts = new HashSet<>();
    Stream.of(unpinned, expired, expiring)
        .flatMap(list -> list.shown().stream())
        .forEach(stored -> accounts.add(stored.value().role().account()));
    shownUnused.shown().forEach(one -> accounts.add(one.grant().value().role().account()));
    refusals.kinds().stream()
        .flatMap(kind -> RoleArn.parse(kind.roleArn()).stream())
        .forEach(role -> accounts.add(role.account()));
    return new AllowListNow(
        vending(vending),
        clients.size(),
        grants.size(),
        grants(Grant::disabled).size(),
        Listing.of(suspended()),
        Listing.of(clients.stream().flatMap(ReadNow::drifted).toList()),
        Listing.of(corrupt),
        unpinned,
        expired,
        expiring,
        shownUnused,
        unused.getOrDefault(true, List.of()).size(),
        names(accounts));
  }

  private static Unused unused(Stored<Grant> stored, ReportState state) {
    String last = state.lastUses.getOrDefault(key(stored.value()), "");
    return new Unused(stored, last.isEmpty() ? null : last);
  }

  private Map<String, String> names(Set<String> accounts) {
    Map<String, String> names = new HashMap<>();
    clients.stream()
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
    return clients.stream()
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
    return grants.stream().filter(stored -> condition.test(stored.value())).toList();
  }

  private List<Stored<Grant>> byEnd(Predicate<Grant> condition) {
    return grants(condition).stream()
        .sorted(Comparator.comparing(stored -> Objects.requireNonNull(stored.value().expiresAt())))
        .toList();
  }
}

package vended.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;

/**
 * The allow-list as it is now, and what in it wants to be looked at.
 *
 * @param vending the switch of all vending
 * @param clients how many
 * @param grants how many
 * @param whole whether all of the list was read
 * @param suspended clients whose vends are all refused
 * @param drifted client roles whose last probe found that they are not safe any more
 * @param corrupt rows that can't be trusted, and why
 * @param disabled how many grants are switched off
 * @param unpinned grants that also hold for whoever makes a caller of the same name again
 * @param expired grants that hold no more and have not been swept away yet
 * @param expiring grants that end within 14 days
 * @param unused grants that nobody has used for long
 */
public record GrantFigures(
    Switch vending,
    Figure clients,
    Figure grants,
    boolean whole,
    Shortened<Suspended> suspended,
    Shortened<Drifted> drifted,
    Shortened<String> corrupt,
    Figure disabled,
    Shortened<Stored<Grant>> unpinned,
    Shortened<Stored<Grant>> expired,
    Shortened<Stored<Grant>> expiring,
    Unused unused) {
  /** How long before its end a grant is named. */
  public static final Duration SOON = Duration.ofDays(14);

  /** Whether anything is vended. */
  public enum SwitchState {
    /** It is. */
    RUNNING,
    /** All vends are refused. */
    STOPPED,
    /** The switch can't be read, so all vends are refused. */
    UNREADABLE
  }

  /**
   * The switch of all vending.
   *
   * @param state whether anything is vended
   * @param at when it was changed last, as its row has it
   * @param by who changed it
   */
  public record Switch(SwitchState state, @Nullable String at, @Nullable String by) {
    private static Switch of(Row<Stored<Vending>> row) {
      return switch (row) {
        case Row.Missing<Stored<Vending>> missing -> new Switch(SwitchState.RUNNING, null, null);
        case Row.Corrupt<Stored<Vending>> corrupt -> new Switch(SwitchState.UNREADABLE, null, null);
        case Row.Found<Stored<Vending>>(Stored<Vending> kept) ->
            new Switch(
                kept.value().stopped() ? SwitchState.STOPPED : SwitchState.RUNNING,
                kept.updatedAt(),
                kept.updatedBy());
      };
    }
  }

  /**
   * A client.
   *
   * @param account its account
   * @param name its name
   */
  public record Suspended(String account, String name) {}

  /**
   * A client role.
   *
   * @param roleArn its ARN
   * @param client the client's name
   * @param probeId the probe that found it
   */
  public record Drifted(String roleArn, String client, String probeId) {}

  public static GrantFigures of(AllowListNow list, Unused unused, Instant now) {
    List<Stored<Grant>> live =
        list.grants().stream().filter(kept -> !isExpired(kept.value(), now)).toList();
    boolean allClients = list.allClients();
    boolean allGrants = list.allGrants();
    long disabled = list.grants().stream().filter(kept -> kept.value().disabled()).count();
    return new GrantFigures(
        Switch.of(list.vending()),
        Figure.of(list.clients().size(), allClients),
        Figure.of(list.grants().size(), allGrants),
        list.isWhole(),
        Shortened.of(suspended(list), allClients),
        Shortened.of(
            list.clients().stream().flatMap(c -> drifted(c).stream()).toList(), allClients),
        Shortened.of(list.corrupt(), list.isWhole()),
        Figure.of(disabled, allGrants),
        Shortened.of(
            live.stream().filter(kept -> kept.value().callerId() == null).toList(), allGrants),
        Shortened.of(
            byEnd(list.grants().stream().filter(kept -> isExpired(kept.value(), now)).toList()),
            allGrants),
        Shortened.of(expiring(live, now), allGrants),
        unused);
  }

  private static List<Suspended> suspended(AllowListNow list) {
    return list.clients().stream()
        .filter(Client::suspended)
        .map(client -> new Suspended(client.account(), client.name()))
        .toList();
  }

  private static List<Stored<Grant>> expiring(List<Stored<Grant>> live, Instant now) {
    return byEnd(
        live.stream()
            .filter(kept -> !kept.value().disabled())
            .filter(kept -> isExpired(kept.value(), now.plus(SOON)))
            .toList());
  }

  private static List<Drifted> drifted(Client client) {
    return client.roles().entrySet().stream()
        .filter(role -> role.getValue().drift() != null)
        .map(
            role ->
                new Drifted(
                    role.getKey().value(), client.name(), String.valueOf(role.getValue().drift())))
        .toList();
  }

  /** Whether a grant lets its caller in, as far as it has a say. */
  public static boolean holds(Grant grant, Instant now) {
    return !grant.disabled()
        && !isExpired(grant, now)
        && (grant.notBefore() == null || !now.isBefore(grant.notBefore()));
  }

  private static boolean isExpired(Grant grant, Instant now) {
    return grant.expiresAt() != null && !now.isBefore(grant.expiresAt());
  }

  private static List<Stored<Grant>> byEnd(List<Stored<Grant>> ending) {
    return ending.stream()
        .sorted(Comparator.comparing(kept -> Objects.requireNonNull(kept.value().expiresAt())))
        .toList();
  }
}

package vended.allowlist;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The clients' current names, for people who ask by name. A name is not unique and can change, so
 * it only stands for an account: records keep the name that the client had when they were written.
 *
 * @param clients all clients, also those whose rows are corrupt, in order of their accounts
 */
public record ClientNames(List<Named> clients) {
  private static final int MAX_SHOWN = 5;

  public ClientNames {
    clients = List.copyOf(clients);
  }

  /**
   * A client.
   *
   * @param account twelve digits
   * @param name its current name
   */
  public record Named(String account, String name) {
    @Override
    public String toString() {
      return account + " (" + name + ")";
    }
  }

  /** What a name stands for. */
  public sealed interface Match {
    /** One client has exactly this name. */
    record Account(String account) implements Match {}

    /**
     * No client has it, or several do.
     *
     * @param detail what is wrong, and which accounts may be meant; to be read after the name
     */
    record Refused(String detail) implements Match {}
  }

  /** Finds the client with exactly this name. */
  public Match find(String name) {
    List<Named> same = like(client -> client.name.equals(name));
    if (same.size() == 1) {
      return new Match.Account(same.getFirst().account);
    }
    if (!same.isEmpty()) {
      return new Match.Refused(
          "is the name of %d clients: ask by account, which is one of %s"
              .formatted(same.size(), shown(same.stream().map(client -> client.account).toList())));
    }
    List<String> similar = similar(name).stream().map(Named::toString).toList();
    return new Match.Refused(
        "is no client's name now; names are compared exactly"
            + (similar.isEmpty() ? "" : ". Similar: " + shown(similar))
            + ". If it was renamed, ask by account");
  }

  private List<Named> like(Predicate<Named> condition) {
    return clients.stream().filter(condition).toList();
  }

  private static String shown(List<String> all) {
    String some = all.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "));
    return all.size() <= MAX_SHOWN ? some : some + " and " + (all.size() - MAX_SHOWN) + " more";
  }

  /** Those that differ in case, blanks or a few letters, or that contain what was asked for. */
  private List<Named> similar(String name) {
    String wanted = plain(name);
    List<Named> near =
        new ArrayList<>(
            like(client -> distance(plain(client.name), wanted) <= wanted.length() / 5 + 1));
    near.sort(Comparator.comparingInt(client -> distance(plain(client.name), wanted)));
    return near.isEmpty() && wanted.length() > 2
        ? like(client -> plain(client.name).contains(wanted))
        : near;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").strip();
  }

  /** Levenshtein's: how many letters must be added, left out or replaced. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}

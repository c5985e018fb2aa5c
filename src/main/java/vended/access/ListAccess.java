package vended.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListEntries;
import vended.allowlist.AllowListEntries.Entries;
import vended.allowlist.AllowListEntries.Keys;
import vended.allowlist.AllowListEntries.Selection;
import vended.allowlist.AllowListException;
import vended.allowlist.AllowListPages.GrantKey;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.vending.Decision;

/** Lists grants with what each is worth now, page by page. */
public final class ListAccess {
  /** The most grants of a page. */
  public static final int MAX_GRANTS = AllowListEntries.MAX_GRANTS;

  /** Keys read at once to find those of one account. */
  private static final int STEP = 1000;

  /** No further keys are read after this; the page may then have few grants, or none. */
  private static final Duration READS = Duration.ofSeconds(8);

  private final AllowListEntries list;
  private final Clock clock;

  public ListAccess(AllowListEntries list, Clock clock) {
    this.list = list;
    this.clock = clock;
  }

  /**
   * A page of grants.
   *
   * @param at when it was decided
   * @param vending the switch of all vending
   * @param grants in order of caller and role; can be empty although more follow
   * @param unusable the keys of rows that no request matches, with what is wrong
   * @param last where the next page starts; null on the last page
   */
  public record Page(
      Instant at,
      Row<Stored<Vending>> vending,
      List<GrantAccess> grants,
      List<String> unusable,
      @Nullable GrantKey last) {
    public Page {
      grants = List.copyOf(grants);
      unusable = List.copyOf(unusable);
    }
  }

  /**
   * Reads a page.
   *
   * @param of which grants
   * @param after what the previous page ended with; null for the first page
   * @param limit 1–{@value AllowListEntries#MAX_GRANTS}
   * @param ownAccount the vendor's own account, twelve digits
   */
  public Page of(Selection of, @Nullable GrantKey after, int limit, String ownAccount)
      throws AllowListException {
    Keys keys = keys(of, after, limit);
    Entries entries = list.of(keys.keys());
    Instant now = clock.instant();
    List<GrantAccess> grants = new ArrayList<>();
    for (GrantKey key : keys.keys()) {
      // A grant that was removed since is not shown.
      if (!(entries.grant(key) instanceof Row.Missing<?>)) {
        grants.add(
            new GrantAccess(
                key,
                entries.grant(key),
                entries.clientOf(key.role()),
                Decision.obstacles(entries.entry(key), null, key.role(), ownAccount, now)));
      }
    }
    return new Page(now, entries.vending(), grants, keys.unusable(), keys.last());
  }

  private Keys keys(Selection of, @Nullable GrantKey after, int limit) throws AllowListException {
    Instant end = clock.instant().plus(READS);
    int step = of instanceof Selection.OfAccount ? STEP : limit;
    List<GrantKey> keys = new ArrayList<>();
    List<String> unusable = new ArrayList<>();
    GrantKey last = after;
    do {
      Keys page = list.keys(of, last, step);
      keys.addAll(page.keys());
      unusable.addAll(page.unusable());
      last = page.last();
    } while (last != null && keys.size() < limit && clock.instant().isBefore(end));
    return keys.size() <= limit
        ? new Keys(keys, unusable, last)
        : new Keys(keys.subList(0, limit), unusable, keys.get(limit - 1));
  }
}

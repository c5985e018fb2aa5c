package vended.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowListEntries;
import vended.allowlist.read.AllowListEntries.Entries;
import vended.allowlist.read.AllowListEntries.Keys;
import vended.allowlist.read.AllowListEntries.Selection;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.audit.AuditException;
import vended.audit.query.LastUse;
import vended.audit.query.Period;
import vended.vending.Decision;

/** Lists grants with what each is worth now, page by page. */
public final class ListAccess {
  /** The most grants of a page. */
  public static final int MAX_GRANTS = AllowListEntries.MAX_GRANTS;

  /** Keys read at once to find those of one account. */
  private static final int STEP = 1000;

  /** No further keys are read after this; the page may then have few grants, or none. */
  private static final Duration READS = Duration.ofSeconds(6);

  /**
   * No further last use is read after this; the page then ends before the first that is missing.
   */
  private static final Duration USES = Duration.ofSeconds(8);

  private final AllowListEntries list;
  private final LastUse lastUse;
  private final Clock clock;

  public ListAccess(AllowListEntries list, LastUse lastUse, Clock clock) {
    this.list = list;
    this.lastUse = lastUse;
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
   * @throws AuditException if no last use could be read
   */
  public Page of(Selection of, @Nullable GrantKey after, int limit, String ownAccount)
      throws AllowListException, AuditException {
    Keys keys = keys(of, after, limit);
    Entries entries = list.of(keys.keys());
    Instant now = clock.instant();
    // A grant that was removed since is not shown.
    List<GrantKey> there =
        keys.keys().stream()
            .filter(key -> !(entries.grant(key) instanceof Row.Missing<?>))
            .toList();
    Map<LastUse.Pair, LastUse.Use> uses = uses(there);
    List<GrantAccess> grants = new ArrayList<>();
    GrantKey last = keys.last();
    for (GrantKey key : there) {
      LastUse.Use use = uses.get(pair(key));
      if (use == null) {
        last = before(grants);
        break;
      }
      grants.add(
          new GrantAccess(
              key,
              entries.grant(key),
              entries.clientOf(key.role()),
              Decision.obstacles(entries.entry(key), null, key.role(), ownAccount, now),
              use));
    }
    return new Page(now, entries.vending(), grants, keys.unusable(), last);
  }

  private Map<LastUse.Pair, LastUse.Use> uses(List<GrantKey> keys) throws AuditException {
    return lastUse.before(keys.stream().map(ListAccess::pair).toList(), Period.END, USES);
  }

  private static LastUse.Pair pair(GrantKey key) {
    return new LastUse.Pair(key.caller(), key.role());
  }

  /** Where a page ends before a grant whose last use was not read. */
  private static GrantKey before(List<GrantAccess> grants) throws AuditException {
    if (grants.isEmpty()) {
      throw new AuditException("the last use of the first grant was not read", null);
    }
    return grants.getLast().key();
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

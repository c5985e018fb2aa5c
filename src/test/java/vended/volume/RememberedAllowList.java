package vended.volume;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * The rows that decide a vend, read once after each change: one read a vend would take too long.
 */
final class RememberedAllowList implements AllowList {
  private final AllowList table;
  private final Map<GrantKey, Entry> entries = new HashMap<>();
  private boolean failing;

  RememberedAllowList(AllowList table) {
    this.table = table;
  }

  /** Reads again: something was changed. */
  void forget() {
    entries.clear();
  }

  /** Whether reads fail. */
  void failing(boolean fails) {
    failing = fails;
  }

  @Override
  public Entry find(CallerArn caller, RoleArn role) throws AllowListException {
    if (failing) {
      throw new AllowListException("failing on purpose", null);
    }
    GrantKey key = new GrantKey(caller, role);
    Entry known = entries.get(key);
    if (known == null) {
      known = table.find(caller, role);
      entries.put(key, known);
    }
    return known;
  }

  @Override
  public Owner clientOf(RoleArn role) throws AllowListException {
    return table.clientOf(role);
  }

  @Override
  public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit)
      throws AllowListException {
    return table.grantsOf(caller, after, limit);
  }

  @Override
  public Clients clientsOf(Set<String> accounts) throws AllowListException {
    return table.clientsOf(accounts);
  }
}

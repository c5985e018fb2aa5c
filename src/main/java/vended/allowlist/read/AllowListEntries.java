package vended.allowlist.read;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.identity.RoleArn;

/**
 * Reads many grants with everything that decides about them, to show whether each would be vended
 * now. The list of grants may be some seconds old; their rows are read as for a vend.
 */
public interface AllowListEntries {
  /** How many grants {@link #of} accepts. */
  int MAX_GRANTS = 500;

  /**
   * The keys of grants, in the order of {@link AllowListPages#grants}, without their rows.
   *
   * @param of which grants
   * @param after what the previous page ended with; null for the first page
   * @param limit how many rows are read at most, 1–1,000; those of an account are picked from them
   */
  Keys keys(Selection of, @Nullable GrantKey after, int limit) throws AllowListException;

  /**
   * The current rows of grants, of their clients, and the switch: each strongly consistent.
   *
   * @param keys at most {@value #MAX_GRANTS}
   */
  Entries of(Collection<GrantKey> keys) throws AllowListException;

  /** Which grants are read. */
  sealed interface Selection {
    /** All, those of a caller, or those of a role. */
    record Listed(AllowListPages.Selection selection) implements Selection {}

    /** Those of all roles in an account, whether a client has them or not. */
    record OfAccount(String account) implements Selection {}
  }

  /**
   * A page of keys.
   *
   * @param keys can be empty although more follow
   * @param unusable the keys of rows that no request matches, with what is wrong
   * @param last where the next page starts: after this row; null on the last page
   */
  record Keys(List<GrantKey> keys, List<String> unusable, @Nullable GrantKey last) {
    public Keys {
      keys = List.copyOf(keys);
      unusable = List.copyOf(unusable);
    }
  }

  /**
   * Rows that were read in quick succession.
   *
   * @param vending the switch of all vending
   * @param owners by account
   * @param grants by key
   */
  record Entries(
      Row<Stored<Vending>> vending,
      Map<String, AllowList.Owner> owners,
      Map<GrantKey, Row<Stored<Grant>>> grants) {
    public Entries {
      owners = Map.copyOf(owners);
      grants = Map.copyOf(grants);
    }

    /** The row of a grant; missing if it was removed. */
    public Row<Stored<Grant>> grant(GrantKey key) {
      return grants.getOrDefault(key, new Row.Missing<>());
    }

    /** The client that a role belongs to. */
    public Row<Client> clientOf(RoleArn role) {
      return ownerOf(role).client();
    }

    private AllowList.Owner ownerOf(RoleArn role) {
      return owners.getOrDefault(role.account(), AllowList.Owner.NOBODY);
    }

    /** What decides a vend of this grant. */
    public AllowList.Entry entry(GrantKey key) {
      AllowList.Owner owner = ownerOf(key.role());
      return new AllowList.Entry(
          vending.map(Stored::value), owner.client(), owner.hold(), grant(key).map(Stored::value));
    }
  }
}

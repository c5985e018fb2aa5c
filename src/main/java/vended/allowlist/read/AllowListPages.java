package vended.allowlist.read;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.ClientNames;
import vended.allowlist.Grant;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/**
 * Reads the allow-list for people. Lists may be some seconds old, so no vend is decided by them;
 * the switch and dangling roles are read consistently.
 */
public interface AllowListPages extends ClientPages, HoldPages {
  /**
   * Grants in order of their callers. Those of one caller are in order of their roles if only its
   * grants are selected, and in no particular order otherwise.
   *
   * @param of which grants
   * @param after what the previous page ended with; null for the first page
   * @param limit 1–1,000; a page can have fewer rows and not be the last
   */
  Page<Grant, GrantKey> grants(Selection of, @Nullable GrantKey after, int limit)
      throws AllowListException;

  /** All rotations that have not ended, by account. The list may be some seconds old. */
  Map<String, Row<Stored<Rotation>>> rotations() throws AllowListException;

  /** The current names of all clients, also of those whose rows are corrupt. */
  ClientNames clientNames() throws AllowListException;

  /** Whether any client has an ExternalId, including clients whose rows were written by hand. */
  boolean hasExternalId(String externalId) throws AllowListException;

  /**
   * Finds the roles that no client has: their account has no client, or its client lacks the role.
   * Leaves out roles whose client's row is corrupt, since nobody can tell.
   */
  Set<RoleArn> dangling(Set<RoleArn> roles) throws AllowListException;

  /** The current switch of all vending. */
  Row<Stored<Vending>> vendingSwitch() throws AllowListException;

  /** Identifies a grant. */
  record GrantKey(CallerArn caller, RoleArn role) {}

  /** Which grants are listed. */
  sealed interface Selection {
    /** All of them. */
    record All() implements Selection {}

    /** Those of a caller. */
    record OfCaller(CallerArn caller) implements Selection {}

    /** Those of a role. */
    record OfRole(RoleArn role) implements Selection {}

    /** Whether the selection includes a grant. */
    default boolean has(GrantKey key) {
      return switch (this) {
        case All all -> true;
        case OfCaller(CallerArn caller) -> caller.equals(key.caller());
        case OfRole(RoleArn role) -> role.equals(key.role());
      };
    }
  }

  /**
   * One page of a list.
   *
   * @param rows the valid rows
   * @param corrupt keys and faults of the corrupt rows, without values
   * @param last where the next page starts: after this row; null on the last page
   * @param <T> the rows' type
   * @param <K> the type that identifies a row
   */
  record Page<T, K>(List<Stored<T>> rows, List<String> corrupt, @Nullable K last) {
    public Page {
      rows = List.copyOf(rows);
      corrupt = List.copyOf(corrupt);
    }
  }
}

package vended.allowlist;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Lists for people, page by page. They may be some seconds old, so nothing is decided by them. */
public interface AllowListPages {
  /**
   * Clients in order of their accounts.
   *
   * @param after the account that the page before ended with
   * @param limit 1–200
   * @throws AllowListException if they could not be read
   */
  Page<Client, String> clients(@Nullable String after, int limit) throws AllowListException;

  /**
   * Grants in order of caller and role.
   *
   * @param of which ones
   * @param after what the page before ended with
   * @param limit 1–200
   * @throws AllowListException if they could not be read
   */
  Page<Grant, GrantKey> grants(Selection of, @Nullable GrantKey after, int limit)
      throws AllowListException;

  /**
   * Whether any client has an ExternalId, also one whose row was written by hand.
   *
   * @throws AllowListException if that could not be told
   */
  boolean hasExternalId(String externalId) throws AllowListException;

  /**
   * Which grant.
   *
   * @param caller who
   * @param role which
   */
  record GrantKey(CallerArn caller, RoleArn role) {}

  /** Which grants are listed. */
  sealed interface Selection {
    /** All of them. */
    record All() implements Selection {}

    /** Those of a caller. */
    record OfCaller(CallerArn caller) implements Selection {}

    /** Those of a role. */
    record OfRole(RoleArn role) implements Selection {}

    /** Whether a grant is one of them. */
    default boolean has(GrantKey key) {
      return switch (this) {
        case All all -> true;
        case OfCaller(CallerArn caller) -> caller.equals(key.caller());
        case OfRole(RoleArn role) -> role.equals(key.role());
      };
    }
  }

  /**
   * A part of a list.
   *
   * @param rows the sound ones
   * @param corrupt which rows can't be trusted, and why: keys and faults, without values
   * @param last what the next page goes on after; none on the last page
   * @param <T> what the rows are of
   * @param <K> how a row is named
   */
  record Page<T, K>(List<Stored<T>> rows, List<String> corrupt, @Nullable K last) {
    /** Makes the lists immutable. */
    public Page {
      rows = List.copyOf(rows);
      corrupt = List.copyOf(corrupt);
    }
  }
}

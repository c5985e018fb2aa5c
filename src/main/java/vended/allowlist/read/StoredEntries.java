package vended.allowlist.read;

import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Shows people the rows that decide a vend: those of {@link AllowList}, with who changed them. */
public interface StoredEntries {
  /**
   * The rows that decide a vend, in one consistent read.
   *
   * @throws AllowListException if they could not be read
   */
  StoredEntry stored(CallerArn caller, RoleArn role) throws AllowListException;

  /**
   * The rows that decide a vend.
   *
   * @param vending the switch of all vending
   * @param client the client whose account the role is in, as a vend reads it
   * @param hold the client's own suspension
   * @param grant the grant of exactly this role to exactly this caller
   */
  record StoredEntry(
      Row<Stored<Vending>> vending,
      Row<Stored<Client>> client,
      Row<Stored<Hold>> hold,
      Row<Stored<Grant>> grant) {
    /** The input of a decision. */
    public AllowList.Entry entry() {
      return new AllowList.Entry(
          vending.map(Stored::value),
          client.map(Stored::value),
          hold.map(Stored::value),
          grant.map(Stored::value));
    }
  }
}

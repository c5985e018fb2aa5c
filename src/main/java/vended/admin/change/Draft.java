package vended.admin.change;

import vended.allowlist.AllowListException;
import vended.allowlist.write.Change;
import vended.audit.ChangeRecord.Subject;

/**
 * A change drafted from the row that was just read, or why there is none.
 *
 * @param <T> the type of the answer once the change is made
 */
public sealed interface Draft<T> {
  /** A change that succeeds unless somebody else changes the row. */
  record Ready<T>(Subject subject, Change change, T value) implements Draft<T> {}

  /** The allow-list forbids the change. */
  record Refused<T>(Subject subject, Refusal refusal) implements Draft<T> {}

  /** The row does not, or no longer, have the version that the administrator knows. */
  record Stale<T>(Subject subject, long currentVersion) implements Draft<T> {}

  /** Reads the row and drafts the change, anew for each attempt. */
  @FunctionalInterface
  interface Source<T> {
    Draft<T> read() throws AllowListException;
  }
}

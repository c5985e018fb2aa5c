package vended.admin.change;

import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.audit.ChangeRecord.Subject;

/**
 * A change as it was made up from the row that was just read, or why there is none.
 *
 * @param <T> what is answered once it is made
 */
public sealed interface Draft<T> {
  /** A change that holds as long as nobody else changes the row. */
  record Ready<T>(Subject subject, Change change, T value) implements Draft<T> {}

  /** What stands in the row forbids it. */
  record Refused<T>(Subject subject, Refusal refusal) implements Draft<T> {}

  /** The row is not, or no longer, what the administrator knows. */
  record Outrun<T>(Subject subject, long currentVersion) implements Draft<T> {}

  /** Reads the row and makes a draft of it; each time anew. */
  @FunctionalInterface
  interface Source<T> {
    /** The draft of this moment. */
    Draft<T> read() throws AllowListException;
  }
}

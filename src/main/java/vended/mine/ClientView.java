package vended.mine;

import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowList;
import vended.allowlist.write.AllowListEditor;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditCursors;
import vended.identity.Caller;

/**
 * The use cases of clients, behind the routes {@code /mine/…}.
 *
 * @param on whether the vendor has opened them
 */
public record ClientView(
    boolean on,
    AllowList allowList,
    AllowListEditor editor,
    ListOwnGrants grants,
    AskAudit audit,
    AuditCursors cursors,
    SuspendOneself suspension) {
  /** Who asks. */
  public Asker asker(Caller caller, String ownAccount) throws AllowListException {
    return Asker.of(caller, allowList, ownAccount);
  }

  /** Both suspensions of a client, in consistent reads. */
  public Doors doors(Client client) throws AllowListException {
    return new Doors(client.suspended(), editor.hold(client.account()));
  }

  /**
   * What keeps the vendor out.
   *
   * @param byVendor whether the vendor has suspended the client
   * @param own the client's own suspension
   */
  public record Doors(boolean byVendor, Row<Stored<Hold>> own) {
    /** The client's own suspension; null if there is none, or it can't be read. */
    public @Nullable Stored<Hold> hold() {
      return own instanceof Row.Found<Stored<Hold>>(Stored<Hold> stored) ? stored : null;
    }
  }
}

package vended.admin;

import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.allowlist.Stored;

/** Finds one client, as it is now. */
public final class ListAllowList {
  private final AllowListEditor editor;

  /** Of its part. */
  public ListAllowList(AllowListEditor editor) {
    this.editor = editor;
  }

  /**
   * The client of an account. Nothing is recorded, since nothing could be changed.
   *
   * @param account twelve digits
   */
  public AdminResult<Stored<Client>> find(String account) {
    try {
      return switch (editor.client(account)) {
        case Row.Missing<Stored<Client>> none -> new AdminResult.Refused<>(Refusal.NO_CLIENT);
        case Row.Corrupt<Stored<Client>> corrupt -> new AdminResult.Refused<>(Refusal.CORRUPT_ROW);
        case Row.Found<Stored<Client>>(Stored<Client> kept) -> new AdminResult.Done<>(kept);
      };
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }
}

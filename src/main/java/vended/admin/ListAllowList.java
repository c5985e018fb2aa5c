package vended.admin;

import vended.admin.change.AdminResult;
import vended.admin.change.Refusal;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.KnownClient;
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
  public AdminResult<Stored<KnownClient>> find(String account) {
    try {
      return switch (editor.client(account)) {
        case Row.Missing<Stored<KnownClient>> none -> new AdminResult.Refused<>(Refusal.NO_CLIENT);
        case Row.Corrupt<Stored<KnownClient>> corrupt ->
            new AdminResult.Refused<>(Refusal.CORRUPT_ROW);
        case Row.Found<Stored<KnownClient>>(Stored<KnownClient> kept) ->
            new AdminResult.Done<>(kept);
      };
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }
}

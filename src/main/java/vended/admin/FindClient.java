package vended.admin;

import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Kept;
import vended.allowlist.KnownClient;
import vended.allowlist.Row;

/** Finds one client, as it is now. */
public final class FindClient {
  private final AllowListEditor editor;

  /** Of its part. */
  public FindClient(AllowListEditor editor) {
    this.editor = editor;
  }

  /**
   * The client of an account. Nothing is recorded, since nothing could be changed.
   *
   * @param account twelve digits
   */
  public AdminResult<Kept<KnownClient>> find(String account) {
    try {
      return switch (editor.client(account)) {
        case Row.Missing<Kept<KnownClient>> none -> new AdminResult.Refused<>(Refusal.NO_CLIENT);
        case Row.Corrupt<Kept<KnownClient>> corrupt ->
            new AdminResult.Refused<>(Refusal.CORRUPT_ROW);
        case Row.Found<Kept<KnownClient>>(Kept<KnownClient> kept) -> new AdminResult.Done<>(kept);
      };
    } catch (AllowListException e) {
      return new AdminResult.Unavailable<>();
    }
  }
}

package vended.volume;

import java.util.function.Supplier;
import vended.allowlist.AllowListEditor;
import vended.allowlist.AllowListException;
import vended.allowlist.Change;
import vended.allowlist.Client;
import vended.allowlist.Grant;
import vended.allowlist.GrantSlot;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** An editor that reads, and can't write. */
record BrokenEditor(AllowListEditor reads, Supplier<AllowListException> fault)
    implements AllowListEditor {
  /** The answer to a write is lost. */
  static BrokenEditor losing(AllowListEditor reads) {
    return new BrokenEditor(reads, () -> new AllowListException("lost on purpose", null));
  }

  /** The function ends in the middle of a write. */
  static BrokenEditor crashing(AllowListEditor reads) {
    return new BrokenEditor(
        reads,
        () -> {
          throw new IllegalStateException("cut off on purpose");
        });
  }

  @Override
  public Row<Stored<Client>> client(String account) throws AllowListException {
    return reads.client(account);
  }

  @Override
  public Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException {
    return reads.grant(caller, role);
  }

  @Override
  public GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException {
    return reads.slot(caller, role);
  }

  @Override
  public String lastSuspension(String account) throws AllowListException {
    return reads.lastSuspension(account);
  }

  @Override
  public Row<Stored<Vending>> vendingSwitch() throws AllowListException {
    return reads.vendingSwitch();
  }

  @Override
  public Change.Made make(Change change) throws AllowListException {
    throw fault.get();
  }
}

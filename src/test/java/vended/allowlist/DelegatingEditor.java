package vended.allowlist;

import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.GrantSlot;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** An editor that hands everything to another one, for tests that change one method. */
public abstract class DelegatingEditor implements AllowListEditor {
  private final AllowListEditor editor;

  protected DelegatingEditor(AllowListEditor editor) {
    this.editor = editor;
  }

  @Override
  public Row<Stored<Client>> client(String account) throws AllowListException {
    return editor.client(account);
  }

  @Override
  public Row<Stored<Grant>> grant(CallerArn caller, RoleArn role) throws AllowListException {
    return editor.grant(caller, role);
  }

  @Override
  public GrantSlot slot(CallerArn caller, RoleArn role) throws AllowListException {
    return editor.slot(caller, role);
  }

  @Override
  public long lastVersion(String account) throws AllowListException {
    return editor.lastVersion(account);
  }

  @Override
  public Row<Stored<Rotation>> rotation(String account) throws AllowListException {
    return editor.rotation(account);
  }

  @Override
  public String lastSuspension(String account) throws AllowListException {
    return editor.lastSuspension(account);
  }

  @Override
  public Row<Stored<Hold>> hold(String account) throws AllowListException {
    return editor.hold(account);
  }

  @Override
  public Row<Stored<Vending>> vendingSwitch() throws AllowListException {
    return editor.vendingSwitch();
  }

  @Override
  public Change.Made make(Change change) throws AllowListException {
    return editor.make(change);
  }
}

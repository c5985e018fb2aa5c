package vended.volume;

import java.util.function.Supplier;
import vended.allowlist.AllowListException;
import vended.allowlist.DelegatingEditor;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;

/** An editor that reads, and can't write. */
final class BrokenEditor extends DelegatingEditor {
  private final Supplier<AllowListException> fault;

  private BrokenEditor(AllowListEditor reads, Supplier<AllowListException> fault) {
    super(reads);
    this.fault = fault;
  }

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
  public Change.Made make(Change change) throws AllowListException {
    throw fault.get();
  }
}

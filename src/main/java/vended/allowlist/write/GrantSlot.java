package vended.allowlist.write;

import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.write.Change.Expected;

/**
 * The current slot of a caller's grant of a role. It keeps the last version of a grant that was
 * removed, so that no two grants of one caller and role ever have the same version: a change
 * planned for one grant can't hit its successor.
 *
 * @param row the grant
 * @param last the last version that a grant had here; absent if there was none, or if its last
 *     change was made by a version that did not keep it
 */
public record GrantSlot(Row<Stored<Grant>> row, Expected last) {
  /** The condition of a change of the grant. A corrupt row has no usable version. */
  public Expected expected() {
    return switch (row) {
      case Row.Found<Stored<Grant>>(Stored<Grant> stored) ->
          new Expected.Version(stored.value().version());
      case Row.Missing<Stored<Grant>> none -> new Expected.Absent();
      case Row.Corrupt<Stored<Grant>> corrupt ->
          throw new IllegalStateException("a corrupt grant can't be changed");
    };
  }

  /** The highest version that a grant has had here; 0 if there was none. */
  public long highest() {
    return Math.max(last.number(), expected().number());
  }
}

package vended.allowlist;

/**
 * The place of the one grant of a role that a caller can have, as it is now. It remembers the
 * versions of grants that are gone, so that no two grants of one caller and role ever have the same
 * version: a change that was planned for a grant never meets the one that was put after it.
 *
 * @param row the grant
 * @param last the last version that a grant had here; absent if there was none, or if the last
 *     change is from before this was kept
 */
public record GrantSlot(Row<Stored<Grant>> row, Expected last) {
  /** What a change of the grant expects. A corrupt row has no version to go by. */
  public Expected expected() {
    return switch (row) {
      case Row.Found<Stored<Grant>>(Stored<Grant> kept) ->
          new Expected.Version(kept.value().version());
      case Row.Missing<Stored<Grant>> none -> new Expected.Absent();
      case Row.Corrupt<Stored<Grant>> corrupt ->
          throw new IllegalStateException("a corrupt grant is not changed");
    };
  }

  /** The highest version that a grant had here; 0 if there was none. */
  public long highest() {
    return Math.max(number(last), number(expected()));
  }

  private static long number(Expected expected) {
    return switch (expected) {
      case Expected.Absent absent -> 0;
      case Expected.Version(long number) -> number;
    };
  }
}

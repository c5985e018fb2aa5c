package vended.allowlist;

/** What must stand in a row's place for a change to hold: what stood there when it was read. */
public sealed interface Expected {
  /** No row. */
  record Absent() implements Expected {}

  /**
   * The row of this version.
   *
   * @param number 1 or more
   */
  record Version(long number) implements Expected {}

  /** A client as it was read. */
  static Expected of(Stored<Client> kept) {
    return new Version(kept.value().version());
  }
}

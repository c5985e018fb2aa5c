package vended.allowlist;

/**
 * The switch of all vending. Without a row, vending runs.
 *
 * @param stopped whether every vend is refused
 * @param version optimistic-lock version, 0 if the switch was never used
 */
public record Vending(boolean stopped, long version) {
  /** The switch before its first use. */
  public static final Vending UNUSED = new Vending(false, 0);

  /**
   * The state of vending according to a row: {@code running}, {@code stopped} or {@code corrupt}.
   */
  public static String state(Row<Stored<Vending>> row) {
    return switch (row) {
      case Row.Found<Stored<Vending>>(Stored<Vending> stored) ->
          stored.value().stopped() ? "stopped" : "running";
      case Row.Missing<Stored<Vending>> running -> "running";
      case Row.Corrupt<Stored<Vending>> corrupt -> "corrupt";
    };
  }

  /** The next version. */
  public Vending next(boolean stop) {
    return new Vending(stop, version + 1);
  }
}

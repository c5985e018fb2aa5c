package vended.allowlist;

/**
 * The switch of all vending. Where it has no row, vending runs.
 *
 * @param stopped whether every vend is refused
 * @param version counts the changes; 0 where the switch was never used
 */
public record Vending(boolean stopped, long version) {
  /** As long as nobody has used the switch. */
  public static final Vending UNUSED = new Vending(false, 0);

  /** The next version. */
  public Vending next(boolean stop) {
    return new Vending(stop, version + 1);
  }
}

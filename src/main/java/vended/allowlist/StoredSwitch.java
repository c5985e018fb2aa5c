package vended.allowlist;

/**
 * The switch of all vending, as it stands in the table.
 *
 * @param stopped whether nothing is vended
 * @param version counts the changes; 0 where the switch was never used
 */
public record StoredSwitch(boolean stopped, long version) {
  /** As long as nobody has used the switch. */
  public static final StoredSwitch UNUSED = new StoredSwitch(false, 0);

  /** The next version. */
  public StoredSwitch next(boolean next) {
    return new StoredSwitch(next, version + 1);
  }
}

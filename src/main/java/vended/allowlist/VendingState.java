package vended.allowlist;

/** Whether anything is vended at all. */
public interface VendingState {
  /**
   * The switch of all vending, as it is now.
   *
   * @throws AllowListException if it could not be read
   */
  Row<Stored<Vending>> vendingSwitch() throws AllowListException;
}

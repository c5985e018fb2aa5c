package vended.allowlist;

import java.util.List;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** Which caller may have which client role. Every answer is of this moment: nothing is cached. */
public interface AllowList {
  /**
   * The rows that a vend is decided by, in one consistent read.
   *
   * @throws AllowListException if they could not be read; then nothing may be granted
   */
  Entry find(CallerArn caller, RoleArn role) throws AllowListException;

  /**
   * The grants of a caller, sound or not, in order of the role's ARN.
   *
   * @param limit how many at most
   * @throws AllowListException if they could not be read
   */
  List<Row<Grant>> grantsOf(CallerArn caller, int limit) throws AllowListException;

  /**
   * What a vend is decided by.
   *
   * @param vending the switch of all vending
   * @param client the client whose account the role is in
   * @param grant the grant of just this role to just this caller
   */
  record Entry(Row<Vending> vending, Row<Client> client, Row<Grant> grant) {
    /** All of the rows, to look for corrupt ones. */
    public List<Row<?>> rows() {
      return List.of(vending, client, grant);
    }
  }
}

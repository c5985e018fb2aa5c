package vended.allowlist;

import java.util.List;
import org.jspecify.annotations.Nullable;
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
   * The client whose account a role is in, in a consistent read: for a role that no caller has a
   * grant of yet.
   *
   * @throws AllowListException if it could not be read
   */
  Row<Client> clientOf(RoleArn role) throws AllowListException;

  /**
   * A page of a caller's grants, in order of the role's ARN.
   *
   * @param after what the page before ended with; null for the first page
   * @param limit 1–1,001
   * @return the page, which may have fewer rows than the limit and still not be the last
   * @throws AllowListException if they could not be read
   */
  GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit) throws AllowListException;

  /**
   * A part of a caller's grants.
   *
   * @param rows sound or not
   * @param last what the next page goes on after, which may be no role's ARN and must not be shown
   *     to the caller; none on the last page
   */
  record GrantPage(List<Row<Grant>> rows, @Nullable String last) {
    /** Copies the rows. */
    public GrantPage {
      rows = List.copyOf(rows);
    }
  }

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

package vended.credentials;

import java.util.List;
import vended.allowlist.AllowList;
import vended.allowlist.AllowListException;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.identity.Caller;

/** Tells a caller which grants it holds: those of its ARN that are not of another unique ID. */
public final class ListRoles {
  /** How many grants are told at most. */
  private static final int MAX_GRANTS = 1000;

  private final AllowList allowList;

  /** Of an allow-list. */
  public ListRoles(AllowList allowList) {
    this.allowList = allowList;
  }

  /**
   * The grants of a caller.
   *
   * @param grants in order of the role's ARN
   * @param truncated whether there are more
   */
  public record Held(List<Grant> grants, boolean truncated) {
    /** Copies the grants. */
    public Held {
      grants = List.copyOf(grants);
    }
  }

  /**
   * Reads them.
   *
   * @throws AllowListException if they could not be read
   */
  public Held of(Caller caller) throws AllowListException {
    List<Row<Grant>> rows = allowList.grantsOf(caller.arn(), MAX_GRANTS + 1);
    List<Grant> held =
        rows.stream()
            .limit(MAX_GRANTS)
            .filter(row -> row instanceof Row.Found<Grant>)
            .map(row -> ((Row.Found<Grant>) row).value())
            .filter(grant -> grant.callerId() == null || grant.callerId().equals(caller.uniqueId()))
            .toList();
    return new Held(held, rows.size() > MAX_GRANTS);
  }
}

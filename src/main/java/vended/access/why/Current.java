package vended.access.why;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.StoredEntries.StoredEntry;
import vended.audit.Reason;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.vending.Obstacle;

/**
 * What the rows say now about a caller and a client role.
 *
 * @param caller the caller
 * @param role the client role
 * @param callerId the unique ID that the decision is for; null for that of any caller to come
 * @param rows the rows that decide
 * @param obstacles what stands against a vend, in the order in which a decision looks for it
 * @param beyond why the recorded request would still be refused although its grant is in force;
 *     null if it would not, or if there is none
 */
public record Current(
    CallerArn caller,
    RoleArn role,
    @Nullable String callerId,
    StoredEntry rows,
    List<Obstacle> obstacles,
    @Nullable Reason beyond) {
  public Current {
    obstacles = List.copyOf(obstacles);
  }

  /**
   * Whether the allow-list permits the vend now; of an unknown caller, if it has the unique ID that
   * the grant names.
   */
  public boolean isVended() {
    return obstacles.isEmpty() && beyond == null;
  }

  /** The grant, if its row is valid. */
  public @Nullable Grant grant() {
    return rows.grant() instanceof Row.Found<Stored<Grant>>(Stored<Grant> stored)
        ? stored.value()
        : null;
  }
}

package vended.credentials;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import vended.allowlist.AllowList;
import vended.allowlist.AllowListException;
import vended.allowlist.Decision;
import vended.allowlist.Grant;
import vended.allowlist.Row;
import vended.identity.Caller;
import vended.telemetry.Telemetry;

/** Tells a caller which grants it holds: those of its ARN that are not of another unique ID. */
public final class ListRoles {
  /** How many grants are told at most. */
  private static final int MAX_GRANTS = 1000;

  private final AllowList allowList;
  private final Telemetry telemetry;
  private final Clock clock;

  /** Of its parts. */
  public ListRoles(AllowList allowList, Telemetry telemetry, Clock clock) {
    this.allowList = allowList;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /**
   * One grant that a caller holds.
   *
   * @param grant the grant
   * @param usable whether it holds now; its client may be suspended all the same
   */
  public record HeldGrant(Grant grant, boolean usable) {}

  /**
   * The grants of a caller.
   *
   * @param grants in order of the role's ARN
   * @param truncated whether there are more
   */
  public record Held(List<HeldGrant> grants, boolean truncated) {
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
    List<HeldGrant> held = new ArrayList<>();
    Instant now = clock.instant();
    for (Row<Grant> row : rows.subList(0, Math.min(rows.size(), MAX_GRANTS))) {
      switch (row) {
        case Row.Found<Grant>(Grant grant) when isFor(caller, grant) ->
            held.add(new HeldGrant(grant, Decision.refusal(grant, caller, now).isEmpty()));
        case Row.Corrupt<Grant>(String fault) -> telemetry.corruptRow(fault);
        default -> {}
      }
    }
    return new Held(held, rows.size() > MAX_GRANTS);
  }

  private static boolean isFor(Caller caller, Grant grant) {
    return grant.callerId() == null || grant.callerId().equals(caller.uniqueId());
  }
}

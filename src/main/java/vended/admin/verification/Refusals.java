package vended.admin.verification;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vended.admin.change.AdminResult;
import vended.allowlist.AllowListException;
import vended.audit.AuditException;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecords;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.RoleArn;

/**
 * Decides at the end of a scheduled run what becomes of the roles that only refused. If most
 * clients refuse at once, the cause is on the vendor's side: operators are told, and no role is
 * marked, since STS refuses these roles anyway and each would have to be verified again by hand.
 * Roles that were found open have been marked before, by {@link SettleProbe}.
 *
 * <p>The work is done in steps, first counting clients and then marking roles. Both read the
 * verified roles and their newest probes again, so a repeated step does no harm, and no answer of a
 * probe is taken from a request.
 */
public final class Refusals {
  private final RolesToProbe roles;
  private final ProbeRecords probes;
  private final SettleProbe settleProbe;
  private final Clock clock;
  private final Supplier<VendId> ids;

  /**
   * The use case on its ports.
   *
   * @param ids names the changes: the audit has room for one change per name
   */
  public Refusals(
      RolesToProbe roles,
      ProbeRecords probes,
      SettleProbe settleProbe,
      Clock clock,
      Supplier<VendId> ids) {
    this.roles = roles;
    this.probes = probes;
    this.settleProbe = settleProbe;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Where the work is.
   *
   * @param marks false while clients are counted, true while roles are marked
   * @param tally what was counted so far
   * @param after the account that the previous step ended with; null for the first page
   */
  public record Step(boolean marks, RefusalTally tally, @Nullable String after) {
    /** The first step. */
    public static final Step FIRST = new Step(false, RefusalTally.NONE, null);
  }

  /** How far the work is after a step. */
  public sealed interface Progress {
    /** There is another step to take. */
    record More(Step next) implements Progress {}

    /** No role refuses, or those that do are marked. */
    record Done() implements Progress {}

    /** Most clients refuse: no role was marked, and operators are to be told. */
    record HeldBack(RefusalTally tally) implements Progress {}
  }

  /**
   * Takes a step of at most a hundred roles.
   *
   * @param until no client is looked at later, except the first one
   * @throws AllowListException if the list could not be read
   * @throws AuditException if the probes could not be read
   */
  public AdminResult<Progress> take(Trace trace, Step step, Instant until)
      throws AllowListException, AuditException {
    RolesToProbe.Page page = roles.page(step.after());
    Step reached = step;
    for (Map.Entry<String, List<RoleArn>> client : byClient(page.roles()).entrySet()) {
      if (!reached.equals(step) && !clock.instant().isBefore(until)) {
        return new AdminResult.Done<>(new Progress.More(reached));
      }
      List<ProbeRecord> newest = newest(client.getValue());
      if (step.marks()) {
        AdminResult<Settlement> marked = mark(trace, newest);
        if (!(marked instanceof AdminResult.Done)) {
          return marked.map(settlement -> new Progress.More(step));
        }
      }
      RefusalTally tally = step.marks() ? step.tally() : reached.tally().plus(newest);
      reached = new Step(step.marks(), tally, client.getKey());
    }
    return new AdminResult.Done<>(
        page.last() == null
            ? end(reached)
            : new Progress.More(new Step(step.marks(), reached.tally(), page.last())));
  }

  /** A page has all verified roles of each of its clients. */
  private static Map<String, List<RoleArn>> byClient(List<RoleArn> roles) {
    Map<String, List<RoleArn>> clients = new LinkedHashMap<>();
    roles.forEach(
        role -> clients.computeIfAbsent(role.account(), account -> new ArrayList<>()).add(role));
    return clients;
  }

  /** What was found lately: an older probe says nothing about now. */
  private List<ProbeRecord> newest(List<RoleArn> roles) throws AuditException {
    Instant oldest = clock.instant().minus(ProbedRole.MAX_AGE);
    List<ProbeRecord> newest = new ArrayList<>();
    for (RoleArn role : roles) {
      probes.newest(role).filter(probe -> probe.at().isAfter(oldest)).ifPresent(newest::add);
    }
    return newest;
  }

  /** Done, or the first result that calls for another try. */
  private AdminResult<Settlement> mark(Trace trace, List<ProbeRecord> newest) {
    for (ProbeRecord probe : newest) {
      if (probe.result().onlyRefused()) {
        AdminResult<Settlement> result =
            settleProbe.settleRefusal(trace.withId(ids.get()), probe.vendId());
        // Refused: the client was removed, or its row is corrupt; nothing is vended then.
        if (!(result instanceof AdminResult.Done || result instanceof AdminResult.Refused)) {
          return result;
        }
      }
    }
    return new AdminResult.Done<>(Settlement.DRIFTED);
  }

  private static Progress end(Step reached) {
    RefusalTally tally = reached.tally();
    if (reached.marks() || tally.refusing() == 0) {
      return new Progress.Done();
    }
    return tally.isVendorSide()
        ? new Progress.HeldBack(tally)
        : new Progress.More(new Step(true, tally, null));
  }
}

package vended.report.make;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vended.allowlist.Grant;
import vended.allowlist.Stored;
import vended.audit.AuditException;
import vended.audit.AuditIndex;
import vended.audit.Outcome;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditWalk;
import vended.audit.query.Period;
import vended.report.AllowListNow;
import vended.report.CallerRoleLinks.CallerRole;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.GrantFigures;
import vended.report.Shortened;
import vended.report.Unused;

/** Finds grants that hold, and that nobody has used for long. */
final class FindUnused {
  /** How long a grant may go unused. */
  static final Duration UNUSED = Duration.ofDays(90);

  /** Of one caller: with more, its other grants are not looked at. */
  private static final int MAX_ROWS = 5_000;

  private static final int MAX_STEPS = 20;

  private final AuditWalk walk;

  FindUnused(AuditWalk walk) {
    this.walk = walk;
  }

  /**
   * Looks for the uses of grants.
   *
   * @param list the grants that were read, and whether there are more
   * @param lastGranted uses that are known already
   * @param coverage whether these are all uses in the period
   */
  Unused among(
      AllowListNow list, Map<CallerRole, Instant> lastGranted, Coverage coverage, Budget budget)
      throws AuditException {
    Instant now = coverage.madeAt();
    Instant since = now.minus(UNUSED);
    List<Stored<Grant>> unused = new ArrayList<>();
    int young = 0;
    int notLookedAt = 0;
    Map<String, List<Stored<Grant>>> byCaller = new TreeMap<>();
    for (Stored<Grant> kept : list.grants()) {
      Grant grant = kept.value();
      Instant used = lastGranted.get(pair(grant));
      if (!GrantFigures.holds(grant, now) || (used != null && !used.isBefore(since))) {
        continue;
      }
      if (isYoung(kept, since)) {
        young++;
      } else {
        byCaller.computeIfAbsent(grant.caller().value(), c -> new ArrayList<>()).add(kept);
      }
    }
    Period period = new Period(since, now);
    for (Map.Entry<String, List<Stored<Grant>>> one : byCaller.entrySet()) {
      Set<String> idle = new HashSet<>();
      one.getValue().forEach(kept -> idle.add(kept.value().role().value()));
      boolean whole = !budget.isUp() && look(one.getKey(), idle, period, budget);
      if (whole) {
        one.getValue().stream()
            .filter(kept -> idle.contains(kept.value().role().value()))
            .forEach(unused::add);
      } else {
        notLookedAt += idle.size();
      }
    }
    boolean allGrants = list.allGrants();
    return new Unused(
        Shortened.of(unused, allGrants && notLookedAt == 0),
        coverage.isComplete() ? Figure.of(young, allGrants) : new Figure.Unknown(),
        Figure.of(notLookedAt, allGrants));
  }

  /**
   * Takes out the roles that a caller was granted.
   *
   * @return whether it is certain that the caller was not granted the others
   */
  private boolean look(String caller, Set<String> idle, Period period, Budget budget)
      throws AuditException {
    AuditKey key = new AuditKey.Indexed(AuditIndex.BY_CALLER, caller);
    var rest =
        walk.walk(
            key,
            period,
            null,
            AuditRows.MAX_STEP,
            budget.bounds(MAX_ROWS, MAX_STEPS),
            slice -> {
              for (AuditRow row : slice.rows()) {
                if (Outcome.GRANTED.code().equals(row.text("outcome"))) {
                  idle.remove(String.valueOf(row.text("roleArn")));
                }
              }
              return idle.isEmpty() ? slice.next() : null;
            });
    return rest == null || idle.isEmpty();
  }

  /** One that was made, or begins to hold, since then. */
  private static boolean isYoung(Stored<Grant> kept, Instant since) {
    Instant made = Tally.time(kept.createdAt());
    Instant from = kept.value().notBefore();
    return (made != null && made.isAfter(since)) || (from != null && from.isAfter(since));
  }

  private static CallerRole pair(Grant grant) {
    return new CallerRole(grant.caller().value(), grant.role().value());
  }
}

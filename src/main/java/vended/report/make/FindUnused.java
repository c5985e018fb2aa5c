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
import vended.audit.AuditTime;
import vended.audit.Outcome;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditWalk;
import vended.audit.query.Period;
import vended.report.Coverage;
import vended.report.Figure;
import vended.report.Shortened;
import vended.report.Unused;
import vended.report.make.LinkTally.CallerRole;

/** Finds grants that hold and that nobody has used for 90 days. */
final class FindUnused {
  private static final Duration UNUSED = Duration.ofDays(90);

  /** The most rows of one caller; the grants of a caller with more are not checked. */
  private static final int MAX_ROWS = 5_000;

  private static final int MAX_STEPS = 20;

  private final AuditWalk walk;

  FindUnused(AuditWalk walk) {
    this.walk = walk;
  }

  /**
   * Looks up whether grants were used.
   *
   * @param list the grants read, and whether there are more
   * @param lastGranted the uses already known
   * @param coverage whether these are all uses in the period
   */
  Unused among(
      AllowListNow list, Map<CallerRole, Instant> lastGranted, Coverage coverage, Budget budget)
      throws AuditException {
    Instant now = coverage.madeAt();
    Instant since = now.minus(UNUSED);
    int young = 0;
    Map<String, List<Stored<Grant>>> byCaller = new TreeMap<>();
    for (Stored<Grant> stored : list.grants()) {
      Grant grant = stored.value();
      String caller = grant.caller().value();
      Instant used = lastGranted.get(new CallerRole(caller, grant.role().value()));
      if (!GrantTally.holds(grant, now) || (used != null && !used.isBefore(since))) {
        continue;
      }
      if (isYoung(stored, since)) {
        young++;
      } else {
        byCaller.computeIfAbsent(caller, c -> new ArrayList<>()).add(stored);
      }
    }
    return lookUp(
        byCaller,
        new Period(since, now),
        budget,
        coverage.isComplete() ? Figure.of(young, list.allGrants()) : new Figure.Unknown(),
        list.allGrants());
  }

  private Unused lookUp(
      Map<String, List<Stored<Grant>>> byCaller,
      Period period,
      Budget budget,
      Figure young,
      boolean allGrants)
      throws AuditException {
    List<Stored<Grant>> unused = new ArrayList<>();
    int notLookedAt = 0;
    for (Map.Entry<String, List<Stored<Grant>>> one : byCaller.entrySet()) {
      Set<String> idle = new HashSet<>();
      one.getValue().forEach(stored -> idle.add(stored.value().role().value()));
      if (!budget.isUp() && removeUsed(one.getKey(), idle, period, budget)) {
        one.getValue().stream()
            .filter(stored -> idle.contains(stored.value().role().value()))
            .forEach(unused::add);
      } else {
        notLookedAt += idle.size();
      }
    }
    return new Unused(
        Shortened.of(unused, allGrants && notLookedAt == 0),
        young,
        Figure.of(notLookedAt, allGrants));
  }

  /**
   * Removes the roles that a caller was granted.
   *
   * @return whether the caller was certainly not granted the others
   */
  private boolean removeUsed(String caller, Set<String> idle, Period period, Budget budget)
      throws AuditException {
    var rest =
        walk.walk(
            new AuditKey.Indexed(AuditIndex.BY_CALLER, caller),
            period,
            budget.bounds(MAX_ROWS, MAX_STEPS),
            slice -> {
              for (AuditRow row : slice.rows()) {
                if (row.has(Outcome.GRANTED)) {
                  idle.remove(String.valueOf(row.text("roleArn")));
                }
              }
              return idle.isEmpty() ? slice.next() : null;
            });
    return rest == null || idle.isEmpty();
  }

  /** Whether the grant was made, or starts to hold, after {@code since}. */
  private static boolean isYoung(Stored<Grant> stored, Instant since) {
    Instant from = stored.value().notBefore();
    return (from != null && from.isAfter(since))
        || AuditTime.parse(stored.createdAt()).filter(made -> made.isAfter(since)).isPresent();
  }
}

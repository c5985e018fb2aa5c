package vended.report.make;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import vended.allowlist.AllowListException;
import vended.allowlist.Grant;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.LastUse;
import vended.audit.query.Period;
import vended.report.make.ReportLimits.Work;
import vended.report.now.AllowListNow;
import vended.report.now.AllowListNow.Unused;
import vended.report.now.NowFigures;
import vended.report.now.WholeAllowList;
import vended.report.period.Refusals;

/**
 * Reads the whole allow-list, and looks up when its grants were used. Each call of the last phase
 * reads it: the list of an earlier call could be a minute old, and would double the cursor. One
 * call looks up some 20,000 uses, so there is seldom a second.
 */
final class ReadNow {
  private final LastUse lastUse;
  private final Instant now;
  private final NowFigures figures;

  /**
   * Reads the list.
   *
   * @throws AllowListException if it could not be read
   */
  ReadNow(AllowListPages pages, LastUse lastUse, Clock clock) throws AllowListException {
    this.lastUse = lastUse;
    this.now = clock.instant();
    this.figures = new NowFigures(WholeAllowList.read(pages), now);
  }

  /**
   * Looks up the last uses of the grants that the period does not prove used, as far as there is
   * time.
   *
   * @return whether all are known
   */
  boolean lookUp(ReportState state, Work work) throws AuditException {
    List<LastUse.Pair> unknown =
        unproven(state)
            .filter(stored -> !state.lastUses.containsKey(key(stored.value())))
            .map(stored -> new LastUse.Pair(stored.value().caller(), stored.value().role()))
            .toList();
    if (unknown.isEmpty()) {
      return true;
    }
    Map<LastUse.Pair, LastUse.Use> found = lastUse.before(unknown, Period.END, work.time());
    found.forEach(
        (pair, use) ->
            state.lastUses.put(pair.caller().value() + " " + pair.role().value(), text(use)));
    return found.size() == unknown.size();
  }

  /** The time of a use; if other vends hide it, the time after which there was none. */
  private static String text(LastUse.Use use) {
    return switch (use) {
      case LastUse.Use.Used(Instant at) -> AuditTime.at(at);
      case LastUse.Use.Never never -> "";
      case LastUse.Use.NotSince(Instant since) -> AuditTime.at(since);
    };
  }

  private static String key(Grant grant) {
    return grant.caller().value() + " " + grant.role().value();
  }

  /** Grants in force that the period does not prove used. */
  private Stream<Stored<Grant>> unproven(ReportState state) {
    String since = AuditTime.at(now.minus(AllowListNow.IDLE));
    Set<String> used = new HashSet<>();
    // If even the first vend is late enough, whatever its outcome, then a granted one is.
    state
        .sum
        .vends
        .granted()
        .forEach(
            (pair, usage) -> {
              if (usage.first().compareTo(since) >= 0) {
                used.add(pair.caller() + " " + pair.roleArn());
              }
            });
    return figures.inForce().filter(stored -> !used.contains(key(stored.value())));
  }

  /** The figures, once all uses are known. */
  AllowListNow figures(ReportState state, Refusals refusals) {
    String since = AuditTime.at(now.minus(AllowListNow.IDLE));
    List<Unused> idle =
        unproven(state)
            .map(stored -> unused(stored, state))
            .filter(one -> one.lastUsed() == null || one.lastUsed().compareTo(since) < 0)
            .toList();
    return figures.of(idle, refusals);
  }

  private static Unused unused(Stored<Grant> stored, ReportState state) {
    String last = state.lastUses.getOrDefault(key(stored.value()), "");
    return new Unused(stored, last.isEmpty() ? null : last);
  }
}

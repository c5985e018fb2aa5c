package vended.report.make;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.AuditIndex;
import vended.audit.Outcome;
import vended.audit.query.AuditKey;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditWalk;
import vended.audit.query.LastUse;
import vended.audit.query.Period;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.report.make.ReportLimits.Work;
import vended.report.make.Vends.Account;
import vended.report.make.Vends.Caller;
import vended.report.make.Vends.Pair;

/** Finds out which pairs, callers and clients had a granted vend before the period. */
final class FindNew {
  private static final int AT_ONCE = 400;
  private static final int MAX_STEPS = 1_000;
  private static final int MAX_ROWS = 100_000;

  private static final Comparator<Pair> ORDER =
      Comparator.comparing(Pair::caller).thenComparing(Pair::roleArn).thenComparing(Pair::account);

  private final AuditWalk walk;
  private final LastUse lastUse;

  FindNew(AuditRows rows, LastUse lastUse, Clock clock) {
    this.walk = new AuditWalk(rows, clock);
    this.lastUse = lastUse;
  }

  /**
   * Looks up the pairs that the previous period does not have.
   *
   * @return whether all are known
   */
  boolean pairs(ReportState state, Work work) throws AuditException {
    Vends vends = state.sum.vends;
    List<Pair> all = vends.granted().keySet().stream().sorted(ORDER).toList();
    Set<Pair> young = new HashSet<>(vends.pairs.young());
    while (state.lookedUp < all.size()) {
      if (!work.isLeft()) {
        return false;
      }
      int end = Math.min(all.size(), state.lookedUp + AT_ONCE);
      List<Pair> some = new ArrayList<>(all.subList(state.lookedUp, end));
      some.retainAll(young);
      Pair unknown = pairs(some, state, work);
      if (unknown != null) {
        // Each call makes progress, even if it has no time for all of them.
        state.lookedUp = all.indexOf(unknown);
        return false;
      }
      state.lookedUp = end;
    }
    return true;
  }

  /** Looks pairs up; returns the first that there was no time for. */
  private @Nullable Pair pairs(List<Pair> some, ReportState state, Work work)
      throws AuditException {
    // Records of one caller and role can name several accounts, or none.
    Map<LastUse.Pair, List<Pair>> asked = new LinkedHashMap<>();
    for (Pair pair : some) {
      asPair(pair).ifPresent(asks -> asked.computeIfAbsent(asks, a -> new ArrayList<>()).add(pair));
    }
    if (asked.isEmpty()) {
      return null;
    }
    Map<LastUse.Pair, LastUse.Use> found =
        lastUse.before(asked.keySet(), state.period.since(), work.time());
    found.forEach(
        (pair, use) -> {
          if (!(use instanceof LastUse.Use.Never)) {
            asked.getOrDefault(pair, List.of()).forEach(state.sum.vends::markOld);
          }
        });
    return asked.entrySet().stream()
        .filter(one -> !found.containsKey(one.getKey()))
        .map(one -> one.getValue().getFirst())
        .findFirst()
        .orElse(null);
  }

  private static Optional<LastUse.Pair> asPair(Pair pair) {
    return CallerArn.parse(pair.caller())
        .flatMap(
            caller -> RoleArn.parse(pair.roleArn()).map(role -> new LastUse.Pair(caller, role)));
  }

  /** Looks up callers with new pairs only: they may have used other roles before. */
  boolean callers(ReportState state, Work work) throws AuditException {
    return each(state.sum.vends.callers, Caller::arn, AuditIndex.BY_CALLER, state, work);
  }

  /** Looks up clients with new pairs only. */
  boolean clients(ReportState state, Work work) throws AuditException {
    return each(state.sum.vends.clients, Account::id, AuditIndex.BY_ACCOUNT, state, work);
  }

  private <K extends Record> boolean each(
      Uses<K> uses, Function<K, String> value, AuditIndex index, ReportState state, Work work)
      throws AuditException {
    List<K> all = uses.figures().keySet().stream().sorted(Comparator.comparing(value)).toList();
    Set<K> young = new HashSet<>(uses.young());
    while (state.lookedUp < all.size()) {
      K one = all.get(state.lookedUp);
      if (!value.apply(one).isEmpty() && young.contains(one)) {
        if (!work.isLeft()) {
          return false;
        }
        if (hadVend(new AuditKey.Indexed(index, value.apply(one)), state, work)) {
          uses.markOld(one);
        } else if (state.position != null) {
          return false;
        }
      }
      state.lookedUp++;
      state.position = null;
    }
    return true;
  }

  /**
   * Whether there was a granted vend before; if that is not known yet, the state says where to
   * continue.
   */
  private boolean hadVend(AuditKey key, ReportState state, Work work) throws AuditException {
    boolean[] found = {false};
    var bounds = new AuditWalk.Bounds(MAX_ROWS, MAX_STEPS, work.time());
    state.position =
        walk.walk(
            key,
            new Period(Period.FIRST, state.period.since()),
            state.position,
            AuditRows.MAX_STEP,
            bounds,
            slice -> {
              work.did(slice.rows().size());
              found[0] = slice.rows().stream().anyMatch(row -> row.has(Outcome.GRANTED));
              return found[0] ? slice.next() : null;
            });
    return found[0];
  }
}

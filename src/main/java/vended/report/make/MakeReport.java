package vended.report.make;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vended.allowlist.AllowListException;
import vended.allowlist.read.AllowListPages;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.LastUse;
import vended.audit.query.Period;
import vended.report.ReportDocument;
import vended.report.make.Listed.RowKey;
import vended.report.make.ReportLimits.Work;
import vended.report.make.ReportState.Phase;
import vended.report.period.Open;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;

/** Continues a report as far as one call may, and completes it in the last call. */
public final class MakeReport {
  /** One call of DynamoDB takes this many IDs, with three kinds of rows each. */
  private static final int AT_ONCE = 33;

  /** A row of claims is thousands of characters; those of the newest records are left out then. */
  private static final int MAX_CHARACTERS = 400_000;

  /** The same for intents without an outcome, of vends and of changes. */
  private static final int MAX_OPEN_CHARACTERS = 800_000;

  private final AuditSweep sweep;
  private final AuditRows rows;
  private final LastUse lastUse;
  private final AllowListPages pages;
  private final Clock clock;
  private final ReportLimits limits;

  public MakeReport(
      AuditSweep sweep,
      AuditRows rows,
      LastUse lastUse,
      AllowListPages pages,
      Clock clock,
      ReportLimits limits) {
    this.sweep = sweep;
    this.rows = rows;
    this.lastUse = lastUse;
    this.pages = pages;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Continues a report.
   *
   * @param state what was added up so far; it is changed
   * @param madeFor the ARN of the person who asks for it
   * @return the report; null if another call must continue with the state
   * @throws AuditException if the audit could not be read. The state is then unusable: repeat the
   *     call with the previous one.
   * @throws AllowListException if the allow-list could not be read
   * @throws TooLargeException if the period has too much for one report
   */
  public @Nullable ReportDocument make(ReportState state, String madeFor)
      throws AuditException, AllowListException {
    Work work = new Work(clock, limits);
    FindNew findNew = new FindNew(rows, lastUse, clock);
    while (state.phase != Phase.NOW) {
      boolean isDone =
          switch (state.phase) {
            case PERIOD ->
                sweep(state, state.period, PeriodSum.ATTRIBUTES, read -> add(state, read), work);
            case RECOUNT ->
                sweep(state, state.period, PeriodSum.OF_VENDS, read -> recount(state, read), work);
            case PREVIOUS ->
                sweep(
                    state,
                    ReportState.before(state.period),
                    PreviousSum.ATTRIBUTES,
                    read -> state.previous.add(read, state.sum),
                    work);
            case NEW_PAIRS -> findNew.pairs(state, work);
            case NEW_CALLERS -> findNew.callers(state, work);
            case NEW_CLIENTS -> findNew.clients(state, work);
            case NOW -> true;
          };
      if (!isDone) {
        return null;
      }
      state.next();
    }
    if (!work.isLeft()) {
      return null;
    }
    ReadNow now = new ReadNow(pages, lastUse, clock);
    return now.lookUp(state, work) ? document(state, now, madeFor) : null;
  }

  /** Takes rows. */
  private interface Sum {
    void add(List<AuditRow> rows) throws AuditException;
  }

  private boolean sweep(
      ReportState state, Period period, Set<String> attributes, Sum sum, Work work)
      throws AuditException {
    if (!work.isLeft()) {
      return false;
    }
    state.place =
        sweep.sweep(
            period,
            attributes,
            state.place,
            (read, next) -> {
              sum.add(read);
              work.did(read.size());
              return work.isLeft();
            });
    return state.place == null;
  }

  private static void recount(ReportState state, List<AuditRow> read) {
    read.stream()
        .filter(row -> row.kind().equals(AuditRow.OUTCOME))
        .forEach(row -> state.sum.vends.recount(row, Tally.vend(row)));
  }

  private void add(ReportState state, List<AuditRow> read) throws AuditException {
    List<AuditRow> left = state.sum.add(read);
    String before = AuditTime.at(state.startedAt.minus(AskAudit.OPEN_AFTER));
    for (int i = 0; i < left.size(); i += AT_ONCE) {
      List<AuditRow> some = left.subList(i, Math.min(i + AT_ONCE, left.size()));
      Set<String> ids = some.stream().map(AuditRow::vendId).collect(Collectors.toSet());
      Set<String> ended = rows.ofVends(ids, AuditRow.OUTCOMES).keySet();
      for (AuditRow row : some) {
        if (!ended.contains(row.vendId())) {
          if (row.at().compareTo(before) < 0) {
            state.sum.listed.addOpen(row);
          } else {
            state.sum.listed.addUnderWay();
          }
        }
      }
    }
  }

  private ReportDocument document(ReportState state, ReadNow now, String madeFor)
      throws AuditException {
    PeriodFigures figures = figures(state);
    return new ReportDocument(
        figures, now.figures(state, figures.refusals()), clock.instant(), madeFor);
  }

  private PeriodFigures figures(ReportState state) throws AuditException {
    PeriodSum sum = state.sum;
    VendFigures vends = new VendFigures(sum.vends);
    List<PairFigures> pairs = vends.pairs();
    long callers = pairs.stream().map(PairFigures::caller).distinct().count();
    long roles = pairs.stream().map(PairFigures::roleArn).distinct().count();
    long clients = pairs.stream().map(PairFigures::account).distinct().count();
    return new PeriodFigures(
        state.period,
        sum.tally.rows(),
        sum.tally.totals(callers, roles, clients, sum.addresses.distinct()),
        state.previous.figures(),
        sum.tally.timeline(),
        sum.marks.all(),
        pairs,
        vends.callers(),
        vends.clients(),
        sum.refused.figures(),
        sum.addresses.left(),
        new Open(
            inFull(sum.listed.openVends(), MAX_OPEN_CHARACTERS),
            inFull(sum.listed.openChanges(), MAX_OPEN_CHARACTERS),
            sum.listed.vendCount(),
            sum.listed.changeCount(),
            sum.listed.underWay()),
        inFull(sum.listed.newest(), MAX_CHARACTERS));
  }

  /** Reads records by their keys, in the keys' order, up to a number of characters. */
  private List<AuditRow> inFull(List<RowKey> keys, int most) throws AuditException {
    List<AuditRow> all = new ArrayList<>();
    int characters = 0;
    for (int i = 0; i < keys.size(); i += AT_ONCE) {
      List<RowKey> some = keys.subList(i, Math.min(i + AT_ONCE, keys.size()));
      Map<String, List<AuditRow>> found =
          rows.ofVends(
              some.stream().map(RowKey::vendId).collect(Collectors.toSet()),
              some.stream().map(RowKey::kind).collect(Collectors.toSet()));
      for (RowKey key : some) {
        for (AuditRow row : found.getOrDefault(key.vendId(), List.of())) {
          if (RowKey.of(row).equals(key)) {
            all.add(row);
            characters += row.attributes().toString().length();
          }
        }
        if (characters >= most) {
          return all;
        }
      }
    }
    return all;
  }
}

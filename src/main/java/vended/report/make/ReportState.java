package vended.report.make;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditTime;
import vended.audit.query.AuditSweep.Place;
import vended.audit.query.Period;
import vended.audit.query.Position;

/** An unfinished report: what was added up so far, and where to continue. */
public final class ReportState {
  /** The parts of the work, in their order. */
  enum Phase {
    /** Sweeps the period. */
    PERIOD,
    /** Sweeps it again, since callers invented too many roles. */
    RECOUNT,
    /** Sweeps the period before. */
    PREVIOUS,
    /** Looks up whether pairs were used before. */
    NEW_PAIRS,
    /** Looks up whether callers had any vend before. */
    NEW_CALLERS,
    /** Looks up whether clients had any vend before. */
    NEW_CLIENTS,
    /** Reads the allow-list, and looks up which grants are unused. */
    NOW
  }

  /** The longest period of a report: a leap year. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private static final long VERSION = 1;
  private static final int MOST_USES = 400_000;

  final Period period;
  final Instant startedAt;
  final PeriodSum sum;
  final PreviousSum previous;

  /** The last uses that were looked up, by caller and role; empty if there is none on record. */
  final Map<String, String> lastUses = new TreeMap<>();

  Phase phase = Phase.PERIOD;
  @Nullable Place place;

  /** How many pairs, callers or clients were looked up. */
  int lookedUp;

  /** Where the lookup of the next one continues. */
  @Nullable Position position;

  /** A new report. */
  public ReportState(Period period, Instant startedAt) {
    this(period, startedAt, new PeriodSum(period), new PreviousSum(before(period)));
  }

  private ReportState(Period period, Instant startedAt, PeriodSum sum, PreviousSum previous) {
    this.period = period;
    this.startedAt = startedAt;
    this.sum = sum;
    this.previous = previous;
  }

  /** The period of the report. */
  public Period period() {
    return period;
  }

  /** The previous period of the same length. */
  static Period before(Period period) {
    Duration length = Duration.between(period.since(), period.until());
    Instant since = period.since().minus(length);
    return new Period(since.isBefore(Period.FIRST) ? Period.FIRST : since, period.since());
  }

  /** Ends a part of the work, and begins the next. */
  void next() {
    phase = following();
    place = null;
    lookedUp = 0;
    position = null;
  }

  private Phase following() {
    return switch (phase) {
      case PERIOD -> {
        sum.addresses.end();
        yield sum.vends.end() ? Phase.RECOUNT : Phase.PREVIOUS;
      }
      case RECOUNT -> Phase.PREVIOUS;
      case PREVIOUS -> Phase.NEW_PAIRS;
      case NEW_PAIRS -> Phase.NEW_CALLERS;
      case NEW_CALLERS -> Phase.NEW_CLIENTS;
      case NEW_CLIENTS, NOW -> Phase.NOW;
    };
  }

  /** How much is done, from 0 to 1: an estimate. */
  public double progress() {
    double part =
        switch (phase) {
          case PERIOD, RECOUNT -> swept(period);
          case PREVIOUS -> swept(before(period));
          case NEW_PAIRS, NEW_CALLERS, NEW_CLIENTS, NOW -> 0.5;
        };
    double done =
        switch (phase) {
          case PERIOD -> 0.5 * part;
          case RECOUNT -> 0.5;
          case PREVIOUS -> 0.5 + 0.35 * part;
          case NEW_PAIRS, NEW_CALLERS, NEW_CLIENTS -> 0.9;
          case NOW -> 0.95;
        };
    return Math.round(done * 1000) / 1000.0;
  }

  private double swept(Period swept) {
    Place at = place;
    if (at == null) {
      return 0;
    }
    double all = Math.max(1, Duration.between(swept.since(), swept.until()).toMillis());
    return Math.clamp(Duration.between(at.hour(), swept.until()).toMillis() / all, 0, 1);
  }

  /** The state as JSON members. */
  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("version", VERSION);
    saved.put("since", AuditTime.at(period.since()));
    saved.put("until", AuditTime.at(period.until()));
    saved.put("startedAt", AuditTime.at(startedAt));
    saved.put("phase", phase.name());
    saved.put("place", Cells.place(place));
    saved.put("lookedUp", lookedUp);
    saved.put("position", Cells.position(position));
    saved.put("sum", sum.write());
    saved.put("previous", previous.write());
    saved.put(
        "lastUses",
        lastUses.entrySet().stream().map(e -> List.of(e.getKey(), e.getValue())).toList());
    return saved;
  }

  /**
   * Reads a state.
   *
   * @param now no report began later
   * @throws IllegalArgumentException if anything in it is not as {@link #write} makes it
   */
  static ReportState read(Map<?, ?> saved, Instant now) {
    if (Cells.count(saved, "version") != VERSION) {
      throw new IllegalArgumentException("of another version");
    }
    Period period =
        new Period(Cells.time(Cells.text(saved, "since")), Cells.time(Cells.text(saved, "until")));
    Instant startedAt = Cells.time(Cells.text(saved, "startedAt"));
    boolean isLong = Duration.between(period.since(), period.until()).compareTo(LONGEST) > 0;
    if (isLong || startedAt.isAfter(now) || period.until().isAfter(startedAt)) {
      throw new IllegalArgumentException("not a period of a report");
    }
    ReportState state =
        new ReportState(
            period,
            startedAt,
            PeriodSum.read(Cells.object(saved, "sum"), period),
            PreviousSum.read(Cells.object(saved, "previous"), before(period)));
    state.phase = Phase.valueOf(Cells.text(saved, "phase"));
    Period swept = state.phase == Phase.PREVIOUS ? before(period) : period;
    state.place = Cells.row(saved, "place").place(swept);
    state.lookedUp = (int) Math.min(Cells.count(saved, "lookedUp"), Integer.MAX_VALUE);
    state.position = Cells.row(saved, "position").position(period.since());
    for (Cells row : Cells.rows(saved, "lastUses", MOST_USES)) {
      state.lastUses.put(row.text(0), row.text(1));
    }
    return state;
  }
}

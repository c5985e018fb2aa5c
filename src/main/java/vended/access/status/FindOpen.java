package vended.access.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.AuditTime;
import vended.audit.query.AskAudit;
import vended.audit.query.AuditRow;
import vended.audit.query.AuditRows;
import vended.audit.query.AuditSweep;
import vended.audit.query.AuditSweep.Place;
import vended.audit.query.Period;

/** Counts what began in the last 24 hours and never ended. */
final class FindOpen {
  private static final Duration BACK = Duration.ofHours(24);

  /** For looking up outcomes after the records are read. */
  private static final Duration LOOKUPS = Duration.ofSeconds(3);

  /** Keys and times are enough, and one attribute has to be named. */
  private static final Set<String> ATTRIBUTES = Set.of("outcome");

  private final AuditSweep sweep;
  private final AuditRows rows;
  private final Clock clock;

  FindOpen(AuditSweep sweep, AuditRows rows, Clock clock) {
    this.sweep = sweep;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param count how many never ended
   * @param unknown how many there was no time to look up
   * @param since from when on all records were read
   * @param whole whether that is the whole time
   */
  record Found(int count, int unknown, Instant since, boolean whole) {}

  /**
   * Reads from the newest record back.
   *
   * @param end no more is read after this, except what is being read
   */
  Found until(Instant end) throws AuditException {
    Instant now = clock.instant();
    Period period = new Period(now.minus(BACK), now);
    Intents intents = new Intents(AuditTime.at(now.minus(AskAudit.OPEN_AFTER)), end);
    Place rest = sweep.sweep(period, ATTRIBUTES, null, intents);
    // The shards of an hour are read one after the other, so its last ones can be missing.
    Instant since = rest == null ? period.since() : rest.hour().plus(Duration.ofHours(1));
    int unknown = intents.lookUp();
    return new Found(intents.left() - unknown, unknown, since, rest == null);
  }

  /**
   * Intents whose outcomes have not been read. An outcome is in the same shard as its intent, and
   * is newer, so it is read first; an index can lack one for a moment, so the rest is looked up.
   */
  private final class Intents implements AuditSweep.Visitor {
    private final String before;
    private final Instant end;
    private final Set<String> ended = new HashSet<>();
    private final Set<String> intents = new LinkedHashSet<>();

    Intents(String before, Instant end) {
      this.before = before;
      this.end = end;
    }

    @Override
    public boolean take(List<AuditRow> page, @Nullable Place next) {
      for (AuditRow row : page) {
        if (row.isOutcome()) {
          ended.add(row.vendId());
          // Of the same millisecond, the intent may come first.
          intents.remove(row.vendId());
        } else if (row.isIntent()
            && !ended.remove(row.vendId())
            && row.at().compareTo(before) < 0) {
          intents.add(row.vendId());
        }
      }
      return clock.instant().isBefore(end);
    }

    /**
     * Looks up the outcomes that the index lacked.
     *
     * @return how many intents there was no time for
     */
    int lookUp() throws AuditException {
      List<String> ids = List.copyOf(intents);
      Instant latest = end.plus(LOOKUPS);
      int done = 0;
      while (done < ids.size() && clock.instant().isBefore(latest)) {
        int next = Math.min(ids.size(), done + AuditRows.MAX_VENDS);
        intents.removeAll(rows.ofVends(ids.subList(done, next), AuditRow.OUTCOMES).keySet());
        done = next;
      }
      return ids.size() - done;
    }

    /** How many have no outcome as far as is known. */
    int left() {
      return intents.size();
    }
  }
}

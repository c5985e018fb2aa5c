package vended.audit.query;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.AuditTime;

/** Answers an auditor's question, page by page. */
public final class AskAudit {
  /** An older intent without an outcome was cut off: no function runs longer. */
  public static final Duration OPEN_AFTER = Duration.ofMinutes(5);

  /**
   * The work of one page. 10,000 rows cost about 1,250 read units; 200 steps cover the default
   * period, seven days of hours, and some more. After the 8 s, one step of 3.25 s at worst and
   * three lookups of 2.25 s each can follow: 18 s of the function's 20 s.
   */
  private static final AuditWalk.Bounds BOUNDS =
      new AuditWalk.Bounds(10_000, 200, Duration.ofSeconds(8));

  /** Lambda's answers are at most 6 MB, and a character can take six bytes. */
  private static final int MAX_CHARACTERS = 1_000_000;

  /** Three batches of lookups. */
  private static final int MAX_LOOKED_UP = 100;

  private static final int LEAST_STEP = 32;

  private final AuditRows rows;
  private final AuditWalk walk;
  private final Clock clock;

  public AskAudit(AuditRows rows, Clock clock) {
    this.rows = rows;
    this.walk = new AuditWalk(rows, clock);
    this.clock = clock;
  }

  /**
   * Reads a page of the answer, newest rows first.
   *
   * @param from where the previous page ended; null for the first
   * @param limit the most rows of the page, 1 to {@link AuditRows#MAX_STEP}
   * @return the rows: a page can be short, or empty, and still not be the last
   * @throws AuditException if the audit could not be read
   */
  public Slice ask(AuditQuestion question, @Nullable Position from, int limit)
      throws AuditException {
    int step = Math.clamp(toRead(question.filter(), limit), LEAST_STEP, AuditRows.MAX_STEP);
    PageCollector page = new PageCollector(question.filter(), limit);
    Position next = walk.walk(question.key(), question.period(), from, step, BOUNDS, page);
    return new Slice(page.taken, next);
  }

  /** Estimates how many rows fill a page: rows read beyond it are read again for the next. */
  private static int toRead(AuditFilter filter, int limit) {
    return filter.takesAll() ? limit : filter.takesHalf() ? 2 * limit : AuditRows.MAX_STEP;
  }

  /** Collects the rows of a page. */
  private final class PageCollector implements AuditWalk.Visitor {
    private final AuditFilter filter;
    private final int limit;
    private final String openBefore = AuditTime.at(clock.instant().minus(OPEN_AFTER));
    private final List<AuditRow> taken = new ArrayList<>();
    private final Set<String> ended = new HashSet<>();
    private int characters;

    PageCollector(AuditFilter filter, int limit) {
      this.filter = filter;
      this.limit = limit;
    }

    @Override
    public @Nullable Position take(Slice slice) throws AuditException {
      Set<String> unknown = lookUp(slice.rows());
      List<AuditRow> read = slice.rows();
      for (int i = 0; i < read.size(); i++) {
        AuditRow row = read.get(i);
        if (isAnswered(row)) {
          if (i > 0 && filter.needsOpen(row) && unknown.contains(row.vendId())) {
            return Position.after(read.get(i - 1));
          }
          taken.add(row);
          characters += row.attributes().toString().length();
        }
        if (taken.size() == limit || characters >= MAX_CHARACTERS) {
          return i == read.size() - 1 ? slice.next() : Position.after(row);
        }
      }
      return null;
    }

    private boolean isAnswered(AuditRow row) {
      return filter.takes(row) && (!filter.needsOpen(row) || isOpen(row));
    }

    private boolean isOpen(AuditRow row) {
      return row.at().compareTo(openBefore) < 0 && !ended.contains(row.vendId());
    }

    /**
     * Most outcomes are read before their intents; the others are looked up.
     *
     * @return the IDs beyond what one page looks up; the page ends before the first of them
     */
    private Set<String> lookUp(List<AuditRow> read) throws AuditException {
      read.stream().filter(AuditRow::isOutcome).forEach(row -> ended.add(row.vendId()));
      List<String> unknown =
          read.stream()
              .filter(row -> filter.needsOpen(row) && isAnswered(row))
              .map(AuditRow::vendId)
              .distinct()
              .toList();
      int most = Math.min(unknown.size(), MAX_LOOKED_UP);
      if (most > 0) {
        ended.addAll(rows.ofVends(unknown.subList(0, most), AuditRow.OUTCOMES).keySet());
      }
      return Set.copyOf(unknown.subList(most, unknown.size()));
    }
  }
}

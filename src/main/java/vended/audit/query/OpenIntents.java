package vended.audit.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.query.AuditFilter.KindFilter;

/**
 * Looks for vends, probes and changes that never ended: a function that was cut off can't report it
 * itself.
 */
public final class OpenIntents {
  /**
   * How far back one run looks: two minutes more than the time between two runs, because timers are
   * not exact. So each intent is checked once, and sometimes twice.
   */
  private static final Duration WINDOW = Duration.ofMinutes(17);

  /** Each page is up to 10,000 rows: more than the API's throttle admits in that time. */
  private static final int MAX_PAGES = 8;

  private final AskAudit askAudit;
  private final Clock clock;

  public OpenIntents(AskAudit askAudit, Clock clock) {
    this.askAudit = askAudit;
    this.clock = clock;
  }

  /**
   * The intents found.
   *
   * @param vendIds the IDs of those without an outcome
   * @param complete whether the whole window was read
   */
  public record OpenVendIds(List<String> vendIds, boolean complete) {
    public OpenVendIds {
      vendIds = List.copyOf(vendIds);
    }
  }

  /**
   * Checks the intents of the window that ended {@link AskAudit#OPEN_AFTER} ago.
   *
   * @throws AuditException if the audit could not be read
   */
  public OpenVendIds look() throws AuditException {
    Instant until = clock.instant().minus(AskAudit.OPEN_AFTER);
    AuditQuestion question =
        new AuditQuestion(
            new AuditKey.Hours(),
            new Period(until.minus(WINDOW), until),
            new AuditFilter(KindFilter.ALL, AuditFilter.OPEN));
    List<String> vendIds = new ArrayList<>();
    @Nullable Position position = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      Slice slice = askAudit.ask(question, position, AuditRows.MAX_STEP);
      slice.rows().forEach(row -> vendIds.add(row.vendId()));
      position = slice.next();
      if (position == null) {
        return new OpenVendIds(vendIds, true);
      }
    }
    return new OpenVendIds(vendIds, false);
  }
}

package vended.audit.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vended.audit.AuditException;
import vended.audit.query.AuditFilter.KindFilter;

/**
 * Looks for vends, probes and changes that were begun and never ended: a function that was cut off
 * can't tell of it, so somebody has to look.
 */
public final class OpenIntents {
  /**
   * How far back one look goes. It is two minutes more than the time between two of them, since
   * timers are not exact: so each intent is looked at once, and now and then twice.
   */
  private static final Duration WINDOW = Duration.ofMinutes(17);

  /** Each is up to 10,000 rows: more than the API's throttle lets through in the time. */
  private static final int MAX_PAGES = 8;

  private final AskAudit askAudit;
  private final Clock clock;

  /** Of the questions to an audit. */
  public OpenIntents(AskAudit askAudit, Clock clock) {
    this.askAudit = askAudit;
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param vendIds of those that did not end
   * @param complete whether all was looked at that was to be
   */
  public record OpenVendIds(List<String> vendIds, boolean complete) {
    /** Makes the list immutable. */
    public OpenVendIds {
      vendIds = List.copyOf(vendIds);
    }
  }

  /**
   * Looks at what was begun in the time before the last {@link AskAudit#OPEN_AFTER}.
   *
   * @throws AuditException if the audit could not be read
   */
  public OpenVendIds look() throws AuditException {
    Instant until = clock.instant().minus(AskAudit.OPEN_AFTER);
    AuditQuestion question =
        new AuditQuestion(
            new AuditKey.Hours(),
            new Period(until.minus(WINDOW), until),
            new AuditFilter(Map.of(), KindFilter.ALL, AuditFilter.OPEN));
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

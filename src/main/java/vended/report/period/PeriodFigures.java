package vended.report.period;

import java.util.List;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;

/**
 * What a report says about its period. Each figure is exact. Once the period is over they never
 * change, until its records expire.
 *
 * @param rows how many records were read
 * @param markers changes of the allow-list, the oldest first
 * @param pairs each pair of a caller and a client role with a granted vend, the most granted first
 * @param callers each caller with a granted vend, the most granted first
 * @param clients each client with a granted vend, the most granted first
 * @param newAddresses the oldest first
 * @param newest the newest records other than intents, newest first, in full
 */
public record PeriodFigures(
    Period period,
    long rows,
    Totals totals,
    Previous previous,
    Timeline timeline,
    List<Marker> markers,
    List<PairFigures> pairs,
    List<CallerFigures> callers,
    List<ClientFigures> clients,
    Refusals refusals,
    List<NewAddress> newAddresses,
    Open open,
    List<AuditRow> newest) {
  public PeriodFigures {
    markers = List.copyOf(markers);
    pairs = List.copyOf(pairs);
    callers = List.copyOf(callers);
    clients = List.copyOf(clients);
    newAddresses = List.copyOf(newAddresses);
    newest = List.copyOf(newest);
  }
}

package vended.report.digest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vended.report.html.Formats;
import vended.report.period.CallerFigures;
import vended.report.period.ClientFigures;
import vended.report.period.NewAddress;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;

/**
 * What was granted for the first time.
 *
 * @param clients new clients
 * @param callers new callers
 * @param pairs new pairs of a caller and a role, both of a caller and of a client that are not new
 * @param addresses new addresses; none if there is no earlier period to know others from
 * @param isAll whether nothing is older than the period, so that news is no news
 */
public record News(
    List<ClientFigures> clients,
    List<CallerFigures> callers,
    List<PairFigures> pairs,
    List<NewAddress> addresses,
    boolean isAll) {

  public static News of(PeriodFigures figures) {
    List<ClientFigures> clients =
        figures.clients().stream().filter(client -> client.usage().isNew()).toList();
    List<CallerFigures> callers =
        figures.callers().stream().filter(caller -> caller.usage().isNew()).toList();
    Set<String> known = new HashSet<>();
    clients.forEach(client -> known.add(client.account()));
    callers.forEach(caller -> known.add(caller.caller()));
    List<PairFigures> pairs =
        figures.pairs().stream()
            .filter(pair -> pair.usage().isNew())
            .filter(pair -> !known.contains(pair.account()) && !known.contains(pair.caller()))
            .toList();
    boolean all =
        figures.previous().rows() == 0
            && clients.size() == figures.clients().size()
            && callers.size() == figures.callers().size();
    return new News(
        clients,
        callers,
        pairs,
        figures.previous().rows() == 0 ? List.of() : figures.newAddresses(),
        all);
  }

  /** Whether there is news to tell. */
  public boolean isAny() {
    return !isAll && clients.size() + callers.size() + pairs.size() + addresses.size() > 0;
  }

  /** {@code 2 clients, 1 caller}. */
  public String inWords() {
    List<String> words = new ArrayList<>();
    add(words, clients.size(), "client");
    add(words, callers.size(), "caller");
    add(words, pairs.size(), "pair* of a caller and a role");
    add(words, addresses.size(), "address");
    return String.join(", ", words);
  }

  private static void add(List<String> words, int count, String what) {
    if (count > 0) {
      words.add(Formats.count(count, what));
    }
  }

  public String advice() {
    return "They got credentials for the first time. Did you expect them?";
  }
}

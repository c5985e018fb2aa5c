package vended.report.digest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vended.report.period.CallerFigures;
import vended.report.period.ClientFigures;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;

/**
 * Granted vends by client and caller. What is beyond the largest of both is added up in a last row
 * and a last column, so the sums are those of the period.
 */
public final class Matrix {
  private static final int MOST_CLIENTS = 50;
  private static final int MOST_CALLERS = 40;

  private final PeriodFigures figures;
  private final List<String> clients;
  private final List<String> callers;
  private final long[][] cells;

  private Matrix(PeriodFigures figures, List<String> clients, List<String> callers) {
    this.figures = figures;
    this.clients = clients;
    this.callers = callers;
    this.cells = new long[clients.size() + 1][callers.size() + 1];
  }

  public static Matrix of(PeriodFigures figures) {
    List<String> callers =
        figures.callers().stream().limit(MOST_CALLERS).map(CallerFigures::caller).toList();
    List<String> largest =
        figures.clients().stream().limit(MOST_CLIENTS).map(ClientFigures::account).toList();
    List<String> clients = byCaller(largest, callers, figures.pairs());
    Map<String, Integer> rows = places(clients);
    Map<String, Integer> columns = places(callers);
    Matrix matrix = new Matrix(figures, clients, callers);
    for (PairFigures pair : figures.pairs()) {
      int row = rows.getOrDefault(pair.account(), clients.size());
      int column = columns.getOrDefault(pair.caller(), callers.size());
      matrix.cells[row][column] += pair.usage().counts().granted();
    }
    return matrix;
  }

  /** Puts the clients of one caller beside each other: whose clients they are is seen at once. */
  private static List<String> byCaller(
      List<String> clients, List<String> callers, List<PairFigures> pairs) {
    Map<String, Integer> columns = places(callers);
    Map<String, Long> most = new HashMap<>();
    Map<String, Integer> main = new HashMap<>();
    for (PairFigures pair : pairs) {
      long granted = pair.usage().counts().granted();
      if (granted > most.getOrDefault(pair.account(), 0L)) {
        most.put(pair.account(), granted);
        main.put(pair.account(), columns.getOrDefault(pair.caller(), callers.size()));
      }
    }
    List<String> sorted = new ArrayList<>(clients);
    sorted.sort(
        Comparator.comparingInt((String client) -> main.getOrDefault(client, callers.size()))
            .thenComparingLong(client -> -most.getOrDefault(client, 0L)));
    return sorted;
  }

  private static Map<String, Integer> places(List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    names.forEach(name -> places.put(name, places.size()));
    return places;
  }

  /** The accounts of the rows; those of one caller are beside each other. */
  public List<String> clients() {
    return clients;
  }

  /** The ARNs of the columns, the most granted first. */
  public List<String> callers() {
    return callers;
  }

  /** How many clients have no row. */
  public int otherClients() {
    return figures.clients().size() - clients.size();
  }

  /** How many callers have no column. */
  public int otherCallers() {
    return figures.callers().size() - callers.size();
  }

  /** The vends of a cell; the row and the column after the last ones are those of all others. */
  public long cell(int row, int column) {
    return cells[row][column];
  }

  /** Whether there is anything to compare: not with one client or one caller alone. */
  public boolean isWorthDrawing() {
    return clients.size() + callers.size() > 2;
  }

  /** Whether its columns are too many for names beside each other. */
  public boolean isDense() {
    return callers.size() > 8;
  }

  /** The most in a cell of a client and a caller. */
  public long most() {
    long most = 0;
    for (int row = 0; row < clients.size(); row++) {
      for (int column = 0; column < callers.size(); column++) {
        most = Math.max(most, cells[row][column]);
      }
    }
    return most;
  }

  public long rowSum(int row) {
    long sum = 0;
    for (long cell : cells[row]) {
      sum += cell;
    }
    return sum;
  }

  public long columnSum(int column) {
    long sum = 0;
    for (long[] row : cells) {
      sum += row[column];
    }
    return sum;
  }
}

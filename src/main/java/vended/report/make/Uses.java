package vended.report.make;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import vended.report.period.Counts;
import vended.report.period.Usage;

/**
 * The vends by pair, by caller or by client. Keys without a granted vend so far are kept too, since
 * an older vend of theirs may have been granted.
 *
 * @param <K> the key
 */
final class Uses<K extends Record> {
  private final Map<K, Use> uses = new HashMap<>();
  private final ToIntFunction<K> length;
  private int refusedOnly;
  private int refusedCharacters;

  /**
   * None so far.
   *
   * @param length how many characters a key has
   */
  Uses(ToIntFunction<K> length) {
    this.length = length;
  }

  private static final class Use {
    private Counts counts = Counts.NONE;
    private String first = "";
    private String last = "";
    private boolean isOld;

    private void add(Counts one, String at) {
      counts = counts.plus(one);
      first = first.isEmpty() || at.compareTo(first) < 0 ? at : first;
      last = at.compareTo(last) > 0 ? at : last;
    }
  }

  /** Adds a vend. */
  void add(K key, Counts one, String at) {
    Use use = uses.get(key);
    if (use == null) {
      use = new Use();
      uses.put(key, use);
      refusedOnly++;
      refusedCharacters += length.applyAsInt(key);
    }
    if (use.counts.granted() == 0 && one.granted() > 0) {
      refusedOnly--;
      refusedCharacters -= length.applyAsInt(key);
    }
    use.add(one, at);
  }

  /** Adds a vend if there is one of the same key. */
  void addKnown(K key, Counts one, String at) {
    Use use = uses.get(key);
    if (use != null) {
      use.add(one, at);
    }
  }

  /** How many have no granted vend so far. */
  int refusedOnly() {
    return refusedOnly;
  }

  /** How many characters the keys of those have. */
  int refusedCharacters() {
    return refusedCharacters;
  }

  int size() {
    return uses.size();
  }

  /** Leaves out those without a granted vend. */
  void dropRefused() {
    uses.values().removeIf(use -> use.counts.granted() == 0);
    refusedOnly = 0;
    refusedCharacters = 0;
  }

  /** Sets the counts of all to zero, to count them again by {@link #addKnown}. */
  void reset() {
    uses.values()
        .forEach(
            use -> {
              use.counts = Counts.NONE;
              use.first = "";
              use.last = "";
            });
  }

  /** Notes that there was a granted vend before the period. */
  void markOld(K key) {
    Use use = uses.get(key);
    if (use != null) {
      use.isOld = true;
    }
  }

  /** Keys without a known granted vend before the period. */
  List<K> young() {
    List<K> young = new ArrayList<>();
    uses.forEach(
        (key, use) -> {
          if (!use.isOld) {
            young.add(key);
          }
        });
    return young;
  }

  /** The figures of those with a granted vend. */
  Map<K, Usage> figures() {
    Map<K, Usage> figures = new HashMap<>();
    uses.forEach(
        (key, use) -> {
          if (use.counts.granted() > 0) {
            figures.put(key, new Usage(use.counts, use.first, use.last, !use.isOld));
          }
        });
    return figures;
  }

  /**
   * All of them as rows, each of which begins with the key's cells. They are sorted by these, since
   * a text is compressed best near one like it.
   */
  List<List<Object>> write(Function<K, List<String>> cells) {
    return uses.entrySet().stream()
        .sorted(Comparator.comparing(one -> String.join(" ", cells.apply(one.getKey()))))
        .map(one -> row(cells.apply(one.getKey()), one.getValue()))
        .toList();
  }

  private static List<Object> row(List<String> cells, Use use) {
    List<Object> row = new ArrayList<>(cells);
    row.addAll(Cells.counts(use.counts));
    row.addAll(List.of(use.first, use.last, use.isOld ? 1 : 0));
    return row;
  }

  /** Reads what {@link #write} wrote. */
  void read(List<Cells> rows, int keyCells, Function<Cells, K> key) {
    for (Cells row : rows) {
      Use use = new Use();
      use.counts = Cells.counts(row, keyCells);
      use.first = row.text(keyCells + 3);
      use.last = row.text(keyCells + 4);
      use.isOld = row.flag(keyCells + 5);
      K named = key.apply(row);
      if (uses.put(named, use) != null) {
        throw new IllegalArgumentException("a duplicate");
      }
      if (use.counts.granted() == 0) {
        refusedOnly++;
        refusedCharacters += length.applyAsInt(named);
      }
    }
  }
}

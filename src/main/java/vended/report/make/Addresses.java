package vended.report.make;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vended.report.period.NewAddress;
import vended.report.period.Totals;

/** The addresses that granted vends came from, by caller. */
final class Addresses {
  /**
   * With more, addresses are no longer counted: a cloud's build machines have many. So many of this
   * period and of the one before take 2.2 MB of a cursor at most, and all else that a report holds
   * takes 2.6.
   */
  static final int MOST = 40_000;

  private final Map<String, Map<String, String>> firsts = new HashMap<>();
  private int size;
  private boolean areTooMany;
  private long distinct;

  /** Adds a granted vend. */
  void add(String caller, String address, String at) {
    if (areTooMany || address.isEmpty()) {
      return;
    }
    Map<String, String> ofCaller = firsts.computeIfAbsent(caller, c -> new HashMap<>());
    String first = ofCaller.get(address);
    if (first == null || at.compareTo(first) < 0) {
      ofCaller.put(address, at);
    }
    size += first == null ? 1 : 0;
    if (size > MOST) {
      areTooMany = true;
      firsts.clear();
    }
  }

  /** Ends the period: what follows are vends before it. */
  void end() {
    Set<String> all = new HashSet<>();
    firsts.values().forEach(ofCaller -> all.addAll(ofCaller.keySet()));
    distinct = all.size();
  }

  /** Leaves out an address that was used before the period, too. */
  void markOld(String caller, String address) {
    Map<String, String> ofCaller = firsts.get(caller);
    if (ofCaller != null) {
      ofCaller.remove(address);
    }
  }

  /** How many addresses, or {@link Totals#UNCOUNTED}. */
  long distinct() {
    return areTooMany ? Totals.UNCOUNTED : distinct;
  }

  /** Those that are left. */
  List<NewAddress> left() {
    List<NewAddress> left = new ArrayList<>();
    firsts.forEach(
        (caller, ofCaller) ->
            ofCaller.forEach((address, first) -> left.add(new NewAddress(address, caller, first))));
    left.sort(
        Comparator.comparing(NewAddress::first)
            .thenComparing(NewAddress::address)
            .thenComparing(NewAddress::caller));
    return left;
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    List<Object> rows = new ArrayList<>();
    firsts.forEach(
        (caller, ofCaller) -> {
          List<Object> cells = new ArrayList<>();
          new TreeMap<>(ofCaller).forEach((address, first) -> cells.add(List.of(address, first)));
          rows.add(List.of(caller, cells));
        });
    saved.put("firsts", rows);
    saved.put("distinct", distinct);
    saved.put("tooMany", areTooMany ? 1 : 0);
    return saved;
  }

  static Addresses read(Map<?, ?> saved) {
    Addresses addresses = new Addresses();
    for (Cells row : Cells.rows(saved, "firsts", MOST)) {
      Map<String, String> ofCaller = new HashMap<>();
      for (Cells cells : row.rows(1, MOST)) {
        ofCaller.put(cells.text(0), cells.text(1));
      }
      addresses.size += ofCaller.size();
      addresses.firsts.put(row.text(0), ofCaller);
    }
    addresses.distinct = Cells.count(saved, "distinct");
    addresses.areTooMany = Cells.count(saved, "tooMany") != 0;
    return addresses;
  }
}

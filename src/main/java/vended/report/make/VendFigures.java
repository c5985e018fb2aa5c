package vended.report.make;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import vended.report.make.Vends.Pair;
import vended.report.period.CallerFigures;
import vended.report.period.ClientFigures;
import vended.report.period.PairFigures;
import vended.report.period.Usage;

/**
 * The figures of the vends that were added up: of each pair, each caller and each client with a
 * granted vend, those with the most of them first.
 */
record VendFigures(Vends vends) {
  List<PairFigures> pairs() {
    return vends.pairs.figures().entrySet().stream()
        .map(
            e ->
                new PairFigures(
                    e.getKey().caller(), e.getKey().roleArn(), e.getKey().account(), e.getValue()))
        .sorted(
            most(PairFigures::usage)
                .thenComparing(PairFigures::caller)
                .thenComparing(PairFigures::roleArn)
                .thenComparing(PairFigures::account))
        .toList();
  }

  List<CallerFigures> callers() {
    Map<String, Integer> clients = distinct(Pair::caller, Pair::account);
    Map<String, Integer> roles = distinct(Pair::caller, Pair::roleArn);
    return vends.callers.figures().entrySet().stream()
        .map(
            e -> {
              String caller = e.getKey().arn();
              return new CallerFigures(
                  caller,
                  clients.getOrDefault(caller, 0),
                  roles.getOrDefault(caller, 0),
                  e.getValue());
            })
        .sorted(most(CallerFigures::usage).thenComparing(CallerFigures::caller))
        .toList();
  }

  List<ClientFigures> clients() {
    Map<String, Integer> callers = distinct(Pair::account, Pair::caller);
    Map<String, Integer> roles = distinct(Pair::account, Pair::roleArn);
    return vends.clients.figures().entrySet().stream()
        .map(
            e -> {
              String account = e.getKey().id();
              return new ClientFigures(
                  account,
                  vends.clientName(account),
                  callers.getOrDefault(account, 0),
                  roles.getOrDefault(account, 0),
                  e.getValue());
            })
        .sorted(most(ClientFigures::usage).thenComparing(ClientFigures::account))
        .toList();
  }

  /** How many different values the pairs of each key have. */
  private Map<String, Integer> distinct(Function<Pair, String> key, Function<Pair, String> value) {
    Map<String, Set<String>> values = new HashMap<>();
    for (Pair pair : vends.pairs.figures().keySet()) {
      values.computeIfAbsent(key.apply(pair), k -> new HashSet<>()).add(value.apply(pair));
    }
    Map<String, Integer> counts = new HashMap<>();
    values.forEach((one, all) -> counts.put(one, all.size()));
    return counts;
  }

  private static <T> Comparator<T> most(Function<T, Usage> usage) {
    return Comparator.comparingLong(one -> -usage.apply(one).counts().granted());
  }
}

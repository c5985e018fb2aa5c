package vended.report.make;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.report.period.Counts;
import vended.report.period.Usage;

/** The vends of each pair of a caller and a client role, of each caller, and of each client. */
final class Vends {
  /** The most pairs with a granted vend: more would not fit into a cursor with all else. */
  static final int MOST = 40_000;

  /**
   * The most pairs, callers and clients without a granted vend, which callers can invent. With
   * more, none is kept, and the period is swept again to count those with a granted vend.
   */
  private static final int MOST_REFUSED = 5_000;

  /** The same for their characters: what callers invent does not compress well. */
  private static final int MOST_REFUSED_CHARACTERS = 600_000;

  /** DynamoDB rejects a longer key of an index, so no record has one. */
  private static final int MOST_BYTES = 2_048;

  final Uses<Pair> pairs =
      new Uses<>(pair -> pair.caller().length() + pair.roleArn().length() + 12);
  final Uses<Caller> callers = new Uses<>(caller -> caller.arn().length());
  final Uses<Account> clients = new Uses<>(client -> client.id().length());
  private final Map<String, Named> names = new HashMap<>();
  private boolean isOverfull;

  record Pair(String caller, String roleArn, String account) {}

  record Caller(String arn) {}

  record Account(String id) {}

  /** The name of a client in a record, with its time. */
  private record Named(String at, String name) {}

  void add(AuditRow row, Counts one) {
    Pair pair = pair(row);
    String name = row.text("clientName");
    if (one.granted() > 0 || !isOverfull) {
      pairs.add(pair, one, row.at());
      callers.add(new Caller(pair.caller()), one, row.at());
      clients.add(new Account(pair.account()), one, row.at());
      if (name != null && one.granted() > 0) {
        // Rows of one time come in any order, so the greater name wins.
        names.merge(
            pair.account(),
            new Named(row.at(), name),
            (a, b) -> (a.at() + a.name()).compareTo(b.at() + b.name()) > 0 ? a : b);
      }
    }
    if (!isOverfull && areTooManyRefused()) {
      isOverfull = true;
      dropRefused();
    }
    if (pairs.size() - pairs.refusedOnly() > MOST) {
      throw new TooLargeException("more than %,d pairs of a caller and a role".formatted(MOST));
    }
  }

  private boolean areTooManyRefused() {
    Stream<Uses<?>> all = Stream.of(pairs, callers, clients);
    return pairs.refusedOnly() + callers.refusedOnly() + clients.refusedOnly() > MOST_REFUSED
        || all.mapToInt(Uses::refusedCharacters).sum() > MOST_REFUSED_CHARACTERS;
  }

  /** The pair of a row, with empty texts where it has none. */
  static Pair pair(AuditRow row) {
    return new Pair(
        PeriodSum.text(row, "caller"),
        PeriodSum.text(row, "roleArn"),
        PeriodSum.text(row, "clientAccount"));
  }

  /** Counts a row again, of a pair, a caller or a client with a granted vend. */
  void recount(AuditRow row, Counts one) {
    Pair pair = pair(row);
    pairs.addKnown(pair, one, row.at());
    callers.addKnown(new Caller(pair.caller()), one, row.at());
    clients.addKnown(new Account(pair.account()), one, row.at());
  }

  private void dropRefused() {
    pairs.dropRefused();
    callers.dropRefused();
    clients.dropRefused();
  }

  /**
   * Ends the first count.
   *
   * @return whether all must be counted again
   */
  boolean end() {
    dropRefused();
    if (isOverfull) {
      pairs.reset();
      callers.reset();
      clients.reset();
    }
    return isOverfull;
  }

  /** Notes a granted vend before the period. */
  void markOld(AuditRow row) {
    Pair pair = pair(row);
    markOld(pair);
    callers.markOld(new Caller(pair.caller()));
    clients.markOld(new Account(pair.account()));
  }

  /** A pair that is not new makes neither its caller nor its client new. */
  void markOld(Pair pair) {
    pairs.markOld(pair);
    callers.markOld(new Caller(pair.caller()));
    clients.markOld(new Account(pair.account()));
  }

  Map<Pair, Usage> granted() {
    return pairs.figures();
  }

  /** The client's name in its newest record of a granted vend; null if none has one. */
  @Nullable String clientName(String account) {
    Named named = names.get(account);
    return named == null ? null : named.name();
  }

  Map<String, Object> write() {
    Map<String, Object> saved = new LinkedHashMap<>();
    saved.put("pairs", pairs.write(pair -> List.of(pair.caller(), pair.roleArn(), pair.account())));
    saved.put("callers", callers.write(caller -> List.of(caller.arn())));
    saved.put("clients", clients.write(client -> List.of(client.id())));
    saved.put(
        "names",
        names.entrySet().stream()
            .map(e -> List.of(e.getKey(), e.getValue().at(), e.getValue().name()))
            .collect(Collectors.toList()));
    saved.put("overfull", isOverfull ? 1 : 0);
    return saved;
  }

  /** A text that is looked up in an index. */
  private static String key(Cells row, int index) {
    String text = row.text(index);
    if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new IllegalArgumentException("not a key of an index");
    }
    return text;
  }

  static Vends read(Map<?, ?> saved) {
    Vends vends = new Vends();
    int most = MOST + MOST_REFUSED + 1;
    vends.pairs.read(
        Cells.rows(saved, "pairs", most),
        3,
        row -> new Pair(key(row, 0), key(row, 1), key(row, 2)));
    vends.callers.read(Cells.rows(saved, "callers", most), 1, row -> new Caller(key(row, 0)));
    vends.clients.read(Cells.rows(saved, "clients", most), 1, row -> new Account(key(row, 0)));
    for (Cells row : Cells.rows(saved, "names", most)) {
      vends.names.put(row.text(0), new Named(row.text(1), row.text(2)));
    }
    vends.isOverfull = Cells.count(saved, "overfull") != 0;
    return vends;
  }
}

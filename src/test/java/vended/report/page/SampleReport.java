package vended.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vended.audit.query.AuditRow;
import vended.audit.query.Period;
import vended.report.ReportDocument;
import vended.report.now.AllowListNow;
import vended.report.period.CallerFigures;
import vended.report.period.ClientFigures;
import vended.report.period.Counts;
import vended.report.period.Marker;
import vended.report.period.NewAddress;
import vended.report.period.Open;
import vended.report.period.PairFigures;
import vended.report.period.PeriodFigures;
import vended.report.period.Previous;
import vended.report.period.Refusals;
import vended.report.period.Timeline;
import vended.report.period.Timeline.Bucket;
import vended.report.period.Totals;
import vended.report.period.Usage;

/**
 * Makes up a report, the same each time, whose figures agree with each other: buckets, pairs,
 * clients and callers have the same sums as the totals.
 */
final class SampleReport {
  static final Instant SINCE = Instant.parse("2026-10-01T00:00:00Z");
  private static final double FAILED = 0.004;

  private final Random random = new Random(42);
  private final SampleSize size;
  private final Instant until;
  private final List<PairFigures> pairs = new ArrayList<>();

  private SampleReport(SampleSize size) {
    this.size = size;
    this.until = SINCE.plus(size.days(), ChronoUnit.DAYS);
  }

  static ReportDocument of(SampleSize size) {
    return new SampleReport(size).make();
  }

  private ReportDocument make() {
    pairs();
    List<CallerFigures> callers = callers();
    List<ClientFigures> clients = clients();
    Counts vends =
        pairs.stream().map(pair -> pair.usage().counts()).reduce(Counts.NONE, Counts::plus);
    Refusals refusals = SampleRefusals.of(size, vends, random);
    List<Marker> markers = SampleMarkers.of(size.markers(), SINCE, size.days(), random);
    long passed = size.clients() * (long) size.days();
    Counts changes = new Counts(markers.size(), size.markers() / 20, 0);
    Totals totals = totals(vends, passed, changes, callers.size(), clients.size());
    PeriodFigures figures =
        new PeriodFigures(
            new Period(SINCE, until),
            2 * vends.total() + passed + 2L * markers.size(),
            totals,
            previous(totals),
            timeline(vends),
            markers,
            pairs,
            callers,
            clients,
            refusals,
            addresses(callers),
            new Open(open(), List.of(), 0),
            newest(vends));
    AllowListNow now = SampleAllowList.of(size, until);
    return new ReportDocument(
        figures,
        now,
        until.plus(9, ChronoUnit.HOURS),
        "arn:aws:iam::111122223333:user/auditors/Ada");
  }

  private Totals totals(Counts vends, long passed, Counts changes, int callers, int clients) {
    long roles = pairs.stream().map(PairFigures::roleArn).distinct().count();
    return new Totals(
        vends,
        passed,
        size.clients() > 10 ? 2 : 0,
        changes,
        callers,
        roles,
        clients,
        callers * 3L,
        0);
  }

  /** Each caller has some clients; few pairs have most of the vends. */
  private void pairs() {
    if (size.vends() == 0) {
      return;
    }
    Map<String, double[]> weights = new LinkedHashMap<>();
    double sum = 0;
    for (int i = 0; weights.size() < size.pairs(); i++) {
      int client = i < size.clients() ? i : random.nextInt(size.clients());
      int own = (client * 7 + client / 3) % size.callers();
      int caller = random.nextInt(10) < 6 ? own : random.nextInt(size.callers());
      double weight = Math.exp(random.nextGaussian() * 1.6) / (1 + caller % 10);
      if (weights.putIfAbsent(caller + " " + client + " " + i % 7 / 6, new double[] {weight})
          == null) {
        sum += weight;
      }
    }
    long left = size.vends();
    int others = weights.size();
    for (Map.Entry<String, double[]> entry : weights.entrySet()) {
      long share = Math.max(1, (long) (size.vends() * entry.getValue()[0] / sum));
      others--;
      long granted = others == 0 ? left : Math.min(share, left - others);
      pair(entry.getKey(), granted);
      left -= granted;
    }
    pairs.sort(Comparator.comparingLong((PairFigures pair) -> -pair.usage().counts().granted()));
  }

  private void pair(String key, long granted) {
    String[] parts = key.split(" ", -1);
    int client = Integer.parseInt(parts[1]);
    long denied = random.nextInt(20) == 0 ? Math.round(granted * random.nextDouble() * 0.3) : 0;
    long failed = Math.round(granted * FAILED * random.nextDouble());
    boolean isNew = size.isNew() || random.nextInt(25) == 0;
    pairs.add(
        new PairFigures(
            size.text(SampleNames.caller(Integer.parseInt(parts[0]))),
            size.text(SampleNames.role(client, Integer.parseInt(parts[2]))),
            SampleNames.account(client),
            new Usage(new Counts(granted, denied, failed), at(0.02), at(0.97), isNew)));
  }

  private String at(double part) {
    long whole = Duration.between(SINCE, until).toMillis();
    return SINCE.plusMillis((long) (whole * part + random.nextDouble() * whole / 60)).toString();
  }

  private List<CallerFigures> callers() {
    List<CallerFigures> callers = new ArrayList<>();
    groups(PairFigures::caller)
        .forEach(
            (caller, own) ->
                callers.add(
                    new CallerFigures(
                        caller, distinct(own, PairFigures::account), own.size(), usage(own))));
    callers.sort(Comparator.comparingLong((CallerFigures one) -> -one.usage().counts().granted()));
    return callers;
  }

  private List<ClientFigures> clients() {
    List<ClientFigures> clients = new ArrayList<>();
    groups(PairFigures::account)
        .forEach(
            (account, own) ->
                clients.add(
                    new ClientFigures(
                        account,
                        size.text(
                            SampleNames.client(
                                (Integer.parseInt(account.substring(4)) - 55_550_000) / 37)),
                        distinct(own, PairFigures::caller),
                        distinct(own, PairFigures::roleArn),
                        usage(own))));
    clients.sort(Comparator.comparingLong((ClientFigures one) -> -one.usage().counts().granted()));
    return clients;
  }

  private Map<String, List<PairFigures>> groups(Function<PairFigures, String> by) {
    Map<String, List<PairFigures>> groups = new TreeMap<>();
    pairs.forEach(
        pair -> groups.computeIfAbsent(by.apply(pair), key -> new ArrayList<>()).add(pair));
    return groups;
  }

  private static int distinct(List<PairFigures> pairs, Function<PairFigures, String> by) {
    return (int) pairs.stream().map(by).distinct().count();
  }

  private static Usage usage(List<PairFigures> pairs) {
    return new Usage(
        pairs.stream().map(pair -> pair.usage().counts()).reduce(Counts.NONE, Counts::plus),
        pairs.stream().map(pair -> pair.usage().first()).min(String::compareTo).orElse(""),
        pairs.stream().map(pair -> pair.usage().last()).max(String::compareTo).orElse(""),
        pairs.stream().allMatch(pair -> pair.usage().isNew()));
  }

  private Previous previous(Totals totals) {
    Period before = new Period(SINCE.minus(size.days(), ChronoUnit.DAYS), SINCE);
    Totals none = new Totals(Counts.NONE, 0, 0, Counts.NONE, 0, 0, 0, 0, 0);
    if (size.isNew()) {
      return new Previous(before, 0, none);
    }
    Counts vends = totals.vends();
    Counts fewer = new Counts(vends.granted() * 23 / 25, vends.denied() * 3 / 2, vends.failed());
    return new Previous(
        before,
        fewer.total() * 2 + 1,
        new Totals(
            fewer,
            1,
            0,
            new Counts(3, 0, 0),
            totals.callers(),
            totals.roles(),
            totals.clients() * 19 / 20,
            5,
            0));
  }

  /** More on workdays, and a burst of refusals on one day. */
  private Timeline timeline(Counts vends) {
    ChronoUnit unit = size.days() <= 3 ? ChronoUnit.HOURS : ChronoUnit.DAYS;
    int number = size.days() <= 3 ? size.days() * 24 : size.days();
    double[] busy = new double[number];
    double[] bad = new double[number];
    for (int i = 0; i < number; i++) {
      Instant start = SINCE.plus(i, unit);
      int day = start.atZone(ZoneOffset.UTC).getDayOfWeek().getValue();
      int hour = start.atZone(ZoneOffset.UTC).getHour();
      boolean quiet = day > 5 || (unit == ChronoUnit.HOURS && (hour < 6 || hour > 20));
      busy[i] = (quiet ? 0.25 : 1) * (0.8 + random.nextDouble() * 0.4);
      bad[i] = random.nextDouble() + (i == number * 2 / 3 ? number / 2.0 : 0);
    }
    long[] granted = spread(vends.granted(), busy);
    long[] denied = spread(vends.denied(), bad);
    long[] failed = spread(vends.failed(), busy);
    List<Bucket> buckets = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      buckets.add(new Bucket(SINCE.plus(i, unit), new Counts(granted[i], denied[i], failed[i])));
    }
    return new Timeline(unit, buckets);
  }

  private static long[] spread(long whole, double[] weights) {
    double sum = Arrays.stream(weights).sum();
    long[] parts = new long[weights.length];
    double place = 0;
    long given = 0;
    for (int i = 0; i < parts.length; i++) {
      place += weights[i];
      long until = i == parts.length - 1 ? whole : Math.round(whole * place / sum);
      parts[i] = until - given;
      given = until;
    }
    return parts;
  }

  private List<NewAddress> addresses(List<CallerFigures> callers) {
    List<NewAddress> found = new ArrayList<>();
    for (int i = 0; i < callers.size() / 6; i++) {
      found.add(
          new NewAddress(
              "198.51.100." + (10 + i), callers.get(i * 5).caller(), at(0.1 + i * 0.01)));
    }
    return found;
  }

  private List<AuditRow> open() {
    return pairs.isEmpty() || size.vends() < 500
        ? List.of()
        : List.of(
            row(pairs.get(3), "intent", null, until.minusSeconds(7200)),
            row(pairs.get(1), "intent", null, until.minusSeconds(72_000)));
  }

  private List<AuditRow> newest(Counts vends) {
    List<AuditRow> rows = new ArrayList<>();
    Instant at = until;
    for (int i = 0; i < Math.min(200, vends.total()); i++) {
      at = at.minusSeconds(1 + random.nextInt(500));
      boolean denied = size.vends() > 10 && i % 17 == 3;
      rows.add(
          row(
              pairs.get(random.nextInt(pairs.size())),
              "outcome",
              denied ? "denied" : "granted",
              at));
    }
    return rows;
  }

  private AuditRow row(PairFigures pair, String kind, @Nullable String outcome, Instant at) {
    Map<String, Object> row = new TreeMap<>();
    row.put("caller", pair.caller());
    row.put("roleArn", pair.roleArn());
    row.put("clientAccount", pair.account());
    row.put("sourceIp", size.text("198.51.100." + random.nextInt(200)));
    row.put("durationSeconds", 3600L);
    if (outcome == null) {
      row.put("sessionName", "Deployer@01K6Q0000000000000000000AB");
    } else {
      row.put("outcome", outcome);
      row.put(
          "claimed",
          Map.of(
              "build", size.text("release:" + (4000 + random.nextInt(999))), "commit", "3f2a9c1"));
      if (outcome.equals("denied")) {
        row.put("reason", "no_grant");
      }
    }
    return new AuditRow(
        "01K6Q%021d".formatted(random.nextInt(1_000_000_000)), kind, at.toString(), 0, row);
  }
}

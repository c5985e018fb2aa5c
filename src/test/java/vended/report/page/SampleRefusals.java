package vended.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import vended.report.period.Counts;
import vended.report.period.Refusals;
import vended.report.period.Refusals.Kind;
import vended.report.period.Refusals.ReasonCount;

/** Made-up refusals and failures. */
final class SampleRefusals {
  private static final List<String> DENIED =
      List.of("no_grant", "grant_expired", "client_suspended", "caller_id_mismatch");

  private SampleRefusals() {}

  static Refusals of(SampleSize size, Counts vends, Random random) {
    List<ReasonCount> reasons = new ArrayList<>();
    List<Kind> kinds = new ArrayList<>();
    long left = vends.denied();
    for (String reason : DENIED) {
      long count = reason.equals(DENIED.getLast()) ? left : Math.min(left, left * 2 / 3 + 1);
      add(reasons, kinds, "denied", reason, count, size, random);
      left -= count;
    }
    add(reasons, kinds, "failed", "sts_access_denied", vends.failed(), size, random);
    reasons.sort(Comparator.comparingLong(reason -> -reason.count()));
    kinds.sort(Comparator.comparingLong(kind -> -kind.count()));
    return new Refusals(reasons, kinds, size.vends() > 1_000_000 ? 17 : 0);
  }

  private static void add(
      List<ReasonCount> reasons,
      List<Kind> kinds,
      String outcome,
      String reason,
      long count,
      SampleSize size,
      Random random) {
    if (count == 0) {
      return;
    }
    reasons.add(new ReasonCount(outcome, size.text(reason), count));
    long left = count;
    while (left > 0) {
      long some = left < 5 ? left : left / 2;
      int client = random.nextInt(size.clients());
      kinds.add(
          new Kind(
              outcome,
              size.text(reason),
              size.text(SampleNames.caller(random.nextInt(size.callers()))),
              size.text(SampleNames.role(client, 0)),
              some,
              SampleReport.SINCE.plusSeconds(9000 + random.nextInt(90_000)).toString(),
              SampleReport.SINCE.plusSeconds(109_000 + random.nextInt(90_000)).toString()));
      left -= some;
    }
  }
}

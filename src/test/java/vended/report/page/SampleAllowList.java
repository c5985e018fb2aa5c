package vended.report.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vended.allowlist.Grant;
import vended.allowlist.Stored;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.report.now.AllowListNow;
import vended.report.now.AllowListNow.Drifted;
import vended.report.now.AllowListNow.Suspended;
import vended.report.now.AllowListNow.Switch;
import vended.report.now.AllowListNow.SwitchState;
import vended.report.now.AllowListNow.Unused;
import vended.report.now.Listing;

/** A made-up allow-list, with something to look at in all but small ones. */
final class SampleAllowList {
  private static final String ADMIN = "arn:aws:iam::111122223333:role/Administrator";

  private SampleAllowList() {}

  static AllowListNow of(SampleSize size, Instant until) {
    boolean calm = size.vends() < 500;
    int many = size.pairs() / 12;
    return new AllowListNow(
        new Switch(SwitchState.RUNNING, null, null),
        size.clients(),
        size.pairs(),
        calm ? 0 : 2,
        Listing.of(calm ? List.of() : List.of(suspended(size, 1), suspended(size, 4))),
        Listing.of(calm ? List.of() : List.of(drifted(size))),
        Listing.of(
            size.isHostile() ? List.of("caller#" + SampleSize.ATTACK + ": expiresAT") : List.of()),
        Listing.of(grants(size, calm ? 0 : 1, null)),
        Listing.of(grants(size, calm ? 0 : 2, until.minusSeconds(5000))),
        Listing.of(grants(size, calm ? 0 : 3, until.plusSeconds(500_000))),
        Listing.of(
            grants(size, calm ? 0 : many, null).stream()
                .map(grant -> new Unused(grant, null))
                .toList()),
        calm ? 0 : 3,
        names(size));
  }

  private static Suspended suspended(SampleSize size, int client) {
    return new Suspended(
        SampleNames.account(client), size.text(SampleNames.client(client)), client == 4);
  }

  private static Drifted drifted(SampleSize size) {
    return new Drifted(
        SampleNames.role(7, 0), size.text(SampleNames.client(7)), "01K6T00000000000000000000A");
  }

  private static Map<String, String> names(SampleSize size) {
    Map<String, String> names = new TreeMap<>();
    for (int i = 0; i < size.clients(); i++) {
      names.put(SampleNames.account(i), size.text(SampleNames.client(i)));
    }
    return names;
  }

  private static List<Stored<Grant>> grants(SampleSize size, int number, @Nullable Instant end) {
    return IntStream.range(0, number).mapToObj(i -> grant(size, i, end)).toList();
  }

  private static Stored<Grant> grant(SampleSize size, int number, @Nullable Instant end) {
    Grant grant =
        new Grant(
            new CallerArn(SampleNames.caller(number % 20)),
            new RoleArn(SampleNames.role(number % size.clients(), 0)),
            null,
            3600,
            null,
            List.of(),
            Map.of(),
            null,
            end,
            false,
            size.text("For the move of " + number + " to the new platform"),
            1);
    String made = SampleReport.SINCE.minus(Duration.ofDays(200)).toString();
    return Stored.made(grant, made, ADMIN);
  }
}

package vended.vending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.read.AllowList;
import vended.clock.SettableClock;
import vended.identity.Caller;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.vending.ListRoles.Held;
import vended.vending.ListRoles.HeldGrant;

/** A caller's grants in memory, where each read takes its time. */
class ListRolesTest {
  private static final String VENDOR = "111122223333";
  private static final CallerArn DEPLOYER =
      new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  private static final Caller CALLER = new Caller(DEPLOYER, "AROAEXAMPLEDEPLOYER1", "b1");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final List<Row<Grant>> rows = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();
  private int most = 1000;
  private Duration readTime = Duration.ZERO;
  private int failing = Integer.MAX_VALUE;

  /** An allow-list whose every client has its role verified. */
  private final AllowList allowList =
      new AllowList() {
        @Override
        public Entry find(CallerArn caller, RoleArn role) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Owner clientOf(RoleArn role) {
          throw new UnsupportedOperationException();
        }

        @Override
        public GrantPage grantsOf(CallerArn caller, @Nullable String after, int limit) {
          reads.add("grants " + limit);
          clock.advance(readTime);
          int from = after == null ? 0 : Integer.parseInt(after);
          int end = Math.min(rows.size(), from + Math.min(limit, most));
          return new GrantPage(
              rows.subList(from, end), end < rows.size() ? Integer.toString(end) : null);
        }

        @Override
        public Clients clientsOf(Set<String> accounts) throws AllowListException {
          reads.add("clients " + accounts.size());
          clock.advance(readTime);
          if (reads.size() >= failing) {
            throw new AllowListException("down", null);
          }
          Map<String, Owner> clients = new HashMap<>();
          accounts.forEach(account -> clients.put(account, owner(account)));
          return new Clients(new Row.Missing<>(), clients);
        }
      };

  private static RoleArn role(int number) {
    return new RoleArn("arn:aws:iam::%012d:role/vended/deploy".formatted(number));
  }

  private static AllowList.Owner owner(String account) {
    Hold hold = new Hold(account, account.endsWith("8"), 1);
    return new AllowList.Owner(new Row.Found<>(client(account)), new Row.Found<>(hold));
  }

  private static Client client(String account) {
    RoleArn role = new RoleArn("arn:aws:iam::%s:role/vended/deploy".formatted(account));
    ClientRole verified = ClientRole.verified(Instant.EPOCH, "probe", true, true);
    return new Client(
        account,
        "Client " + account,
        "0123456789abcdef",
        account.endsWith("9"),
        false,
        Map.of(role, verified),
        1);
  }

  private void grant(int number, @Nullable String callerId, @Nullable Instant expiresAt) {
    rows.add(
        new Row.Found<>(
            new Grant(
                DEPLOYER,
                role(number),
                callerId,
                3600,
                null,
                List.of(),
                Map.of(),
                null,
                expiresAt,
                false,
                null,
                1)));
  }

  private Held list(int limit) throws AllowListException {
    return new ListRoles(allowList, clock).of(CALLER, null, limit, VENDOR);
  }

  private static List<String> roles(Held held) {
    return held.grants().stream().map(one -> one.grant().role().account()).toList();
  }

  @Test
  void grantsOfTheCallerAreShown_AndNoOthers() throws Exception {
    grant(1, CALLER.uniqueId(), null);
    grant(2, "AROAOTHER", null);
    rows.add(new Row.Corrupt<>("grant row: odd"));
    grant(3, null, null);

    Held held = list(10);

    assertThat(roles(held)).containsExactly("000000000001", "000000000003");
    assertThat(held.last()).isNull();
    assertThat(reads).containsExactly("grants 11", "clients 2");
  }

  @Test
  void grantIsUsableIfItWouldBeVendedNow() throws Exception {
    grant(1, null, null);
    grant(8, null, null);
    grant(9, null, null);
    grant(2, null, clock.instant());

    assertThat(list(10).grants())
        .extracting(HeldGrant::usable)
        .containsExactly(true, false, false, false);
    assertThat(list(10).grants().getFirst().clientName()).isEqualTo("Client 000000000001");
  }

  @Test
  void withoutItsClientAGrantIsUsableIfItIsInForce() throws Exception {
    failing = 0;
    grant(9, null, null);
    grant(2, null, clock.instant());

    assertThat(list(10).grants()).extracting(HeldGrant::usable).containsExactly(true, false);
    assertThat(list(10).grants().getFirst().clientName()).isNull();
  }

  @Test
  void clientsThatWereReadBeforeAFailureCount() throws Exception {
    failing = 3;
    IntStream.rangeClosed(1, 100).map(i -> i * 10).forEach(i -> grant(i, null, null));

    List<HeldGrant> grants = list(100).grants();

    assertThat(grants.getFirst().clientName()).isEqualTo("Client 000000000010");
    assertThat(grants.getLast().clientName()).isNull();
  }

  @Test
  void pageEndsWithARoleThatIsShown() throws Exception {
    IntStream.rangeClosed(1, 3).forEach(i -> grant(i, null, null));

    assertThat(list(2).last()).isEqualTo(role(2).value());
    assertThat(roles(list(2))).hasSize(2);
    assertThat(list(3).last()).isNull();
    assertThat(roles(list(3))).hasSize(3);
  }

  @Test
  void readingGoesOnUntilThePageIsFull() throws Exception {
    most = 2;
    grant(1, "AROAOTHER", null);
    grant(2, "AROAOTHER", null);
    IntStream.rangeClosed(3, 8).forEach(i -> grant(i, null, null));

    assertThat(roles(list(2))).containsExactly("000000000003", "000000000004");
    assertThat(reads).containsExactly("grants 3", "grants 1000", "grants 1000", "clients 2");
  }

  @Test
  void noReadStartsTooLate() throws Exception {
    most = 1;
    readTime = Duration.ofSeconds(2);
    IntStream.rangeClosed(1, 8).forEach(i -> grant(i, null, null));

    Held held = list(7);

    assertThat(roles(held)).containsExactly("000000000001", "000000000002");
    assertThat(held.last()).isEqualTo(role(2).value());
    assertThat(reads).containsExactly("grants 8", "grants 1000", "clients 2");
  }

  @Test
  void pageWithoutAGrantThatIsShownHasNoCursor() {
    most = 1;
    readTime = Duration.ofSeconds(4);
    grant(1, "AROAOTHER", null);
    grant(2, null, null);

    assertThatThrownBy(() -> list(5)).isInstanceOf(AllowListException.class);
  }

  @Test
  void clientsAreReadAsFarAsThereIsTime() throws Exception {
    IntStream.rangeClosed(1, 300).map(i -> i * 10).forEach(i -> grant(i, null, null));

    assertThat(list(300).grants()).allMatch(HeldGrant::usable);
    assertThat(reads)
        .containsExactly(
            "grants 301",
            "clients 49",
            "clients 49",
            "clients 49",
            "clients 49",
            "clients 49",
            "clients 49",
            "clients 6");

    reads.clear();
    readTime = Duration.ofMillis(1500);
    assertThat(list(300).grants().getLast().clientName()).isNull();
    assertThat(reads).containsExactly("grants 301", "clients 49", "clients 49");
  }
}

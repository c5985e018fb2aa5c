package vended.admin.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vended.Wiring;
import vended.admin.change.AdminResult;
import vended.admin.verification.Refusals.Progress;
import vended.admin.verification.Refusals.Step;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowListPages;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.ProbeRecords;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.identity.RoleArn;

/** How clients whose roles refuse are counted, and what follows from the count. */
class RefusalsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final VendId ID = new VendId("01ARYZ6S41TSV4RRFFQ69G5FAV");
  private static final Trace TRACE =
      new Trace(ID, new Requester("settle", null, null, null, null, null, null, null));

  private final TreeMap<String, Client> clients = new TreeMap<>();
  private final Map<RoleArn, ProbeRecord> newest = new HashMap<>();
  private int reads;

  private enum Found {
    SOUND(Answer.WORKS, Answer.REFUSED),
    REFUSED(Answer.REFUSED, Answer.REFUSED),
    OPEN(Answer.WORKS, Answer.WORKS),
    UNCLEAR(Answer.UNCLEAR, Answer.UNCLEAR);

    private final Answer with;
    private final Answer without;

    Found(Answer with, Answer without) {
      this.with = with;
      this.without = without;
    }

    private ProbeRecord.Result result() {
      return new ProbeRecord.Result(with, without, without, false, false, false, false);
    }
  }

  /** A client whose verified roles were found so, such a time ago. */
  private void client(Duration age, Found... found) {
    String account = "%012d".formatted(clients.size() + 1);
    Map<RoleArn, ClientRole> roles = new LinkedHashMap<>();
    for (int i = 0; i < found.length; i++) {
      RoleArn role = new RoleArn("arn:aws:iam::%s:role/vended/r%d".formatted(account, i));
      roles.put(role, ClientRole.verified(NOW, ID.value(), true, true));
      var target = new ProbeRecord.Target(role, "Client", null);
      newest.put(role, new ProbeRecord(TRACE, NOW.minus(age), target, found[i].result()));
    }
    clients.put(
        account, new Client(account, "Client", "an-external-id-of-16", false, false, roles, 1));
  }

  private void clients(int count, Found... found) {
    for (int i = 0; i < count; i++) {
      client(Duration.ofMinutes(1), found);
    }
  }

  private AllowListPages.Page<Client, String> page(@Nullable String after, int limit) {
    var rest = after == null ? clients : clients.tailMap(after, false);
    List<Stored<Client>> rows = new ArrayList<>();
    rest.values().stream().limit(limit).forEach(one -> rows.add(Stored.made(one, "", "")));
    String last = rest.size() > limit ? rows.getLast().value().account() : null;
    return new AllowListPages.Page<>(rows, List.of(), last);
  }

  private final class Probes implements ProbeRecords {
    @Override
    public Optional<ProbeRecord> find(VendId probeId) {
      throw new AssertionError("counting reads no probe by its ID");
    }

    @Override
    public Optional<ProbeRecord> newest(RoleArn role) {
      reads++;
      return Optional.ofNullable(newest.get(role));
    }

    @Override
    public boolean foundOpen(RoleArn role) {
      throw new AssertionError("counting verifies nothing");
    }

    @Override
    public boolean isNewest(VendId probeId, RoleArn role) {
      throw new AssertionError("counting verifies nothing");
    }
  }

  private Progress take(Step step, Instant until) throws Exception {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Map<String, String> environment =
        Map.of(
            "ALLOW_LIST_TABLE", "list",
            "AUDIT_TABLE", "audit",
            "STACK_NAME", "vended",
            "AWS_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "secret");
    // Nothing is marked here: see MassRefusalTest.
    SettleProbe settleProbe = new Wiring(environment, clock).schedule().settleProbe();
    var refusals =
        new Refusals(
            new RolesToProbe(this::page, Map::of, clock),
            new Probes(),
            settleProbe,
            clock,
            VendId.source(clock, new Random(1)));
    return ((AdminResult.Done<Progress>) refusals.take(TRACE, step, until)).value();
  }

  /** Counts to the end, and answers what follows. */
  private Progress count() throws Exception {
    Progress progress = new Progress.More(Step.FIRST);
    while (progress instanceof Progress.More(Step step) && !step.marks()) {
      progress = take(step, NOW.plusSeconds(10));
    }
    return progress;
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "1, 1, false",
    "2, 2, false",
    "2, 3, false",
    "3, 3, true",
    "3, 6, true",
    "3, 7, false",
    "50, 100, true",
    "49, 100, false",
    "100, 201, false",
    "101, 202, true",
    "500, 501, true"
  })
  void atLeastThreeClientsAndHalfOfAllHoldBack(int refusing, int all, boolean heldBack)
      throws Exception {
    clients(refusing, Found.REFUSED);
    clients(all - refusing, Found.SOUND);

    RefusalTally tally = new RefusalTally(all, refusing);
    assertThat(count())
        .isEqualTo(
            heldBack
                ? new Progress.HeldBack(tally)
                : new Progress.More(new Step(true, tally, null)));
  }

  @Test
  void ifNoneRefusesThereIsNothingToMark() throws Exception {
    clients(3, Found.SOUND);
    clients(3, Found.UNCLEAR);
    clients(3, Found.OPEN);

    assertThat(count()).isEqualTo(new Progress.Done());
  }

  @Test
  void noRolesAtAllAreNoWork() throws Exception {
    assertThat(count()).isEqualTo(new Progress.Done());
  }

  @Test
  void oneClientOfManyRolesCountsOnce() throws Exception {
    Found[] fifty = new Found[50];
    Arrays.fill(fifty, Found.REFUSED);
    client(Duration.ZERO, fifty);
    clients(2, Found.SOUND);

    assertThat(count()).isEqualTo(new Progress.More(new Step(true, new RefusalTally(3, 1), null)));
  }

  @Test
  void aClientRefusesIfOneOfItsRolesDoes_UnlessAnotherOneIsOpen() throws Exception {
    clients(3, Found.SOUND, Found.REFUSED, Found.UNCLEAR);
    clients(1, Found.REFUSED, Found.OPEN);

    assertThat(count()).isEqualTo(new Progress.HeldBack(new RefusalTally(4, 3)));
  }

  @Test
  void anAnswerThatIsNotClearOrNotOfTodayDoesNotCount() throws Exception {
    clients(3, Found.REFUSED);
    clients(9, Found.UNCLEAR);
    for (int i = 0; i < 9; i++) {
      client(Duration.ofHours(24), Found.SOUND);
    }
    client(Duration.ofHours(24).minusSeconds(1), Found.SOUND);

    assertThat(count()).isEqualTo(new Progress.HeldBack(new RefusalTally(4, 3)));
  }

  /** A step is one invocation of a function, which must not be cut off. */
  @Test
  void aStepEndsAfterTheClientThatItIsAtWhenItsTimeRunsOut_AndTheNextGoesOnThere()
      throws Exception {
    clients(3, Found.REFUSED, Found.REFUSED);

    Progress first = take(Step.FIRST, NOW);

    assertThat(first)
        .isEqualTo(new Progress.More(new Step(false, new RefusalTally(1, 1), "000000000001")));
    assertThat(reads).isEqualTo(2);
    assertThat(take(((Progress.More) first).next(), NOW.plusSeconds(1)))
        .isEqualTo(new Progress.HeldBack(new RefusalTally(3, 3)));
  }
}

package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Hold;
import vended.allowlist.InMemoryAllowList;
import vended.allowlist.Row;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.AuditRecord;
import vended.audit.ProbeIntent;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.identity.AssumableRoles;
import vended.identity.FunctionArn;
import vended.identity.RoleArn;
import vended.identity.RolePattern;
import vended.probe.ProbeResult.Probed;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;
import vended.text.Sha256;

/** Probes in memory: which calls are made, in which order and for how long, and what is said. */
class ProbeInMemoryTest {
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  private static final String EXTERNAL_ID = "0123456789abcdef";
  private static final Prober PROBER =
      Prober.of(new FunctionArn("arn:aws:lambda:eu-west-1:111122223333:function:vended-reprobe"));
  private static final VendId ID = new VendId("01JZ0000000000000000000000");
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final Predicate<AssumeRole> RIGHT = call -> EXTERNAL_ID.equals(call.externalId());

  private final List<AssumeRole> calls = new ArrayList<>();
  private final List<AuditRecord> records = new ArrayList<>();
  private Duration waited = Duration.ZERO;
  private Duration callTime = Duration.ZERO;
  private Duration overslept = Duration.ZERO;
  private Predicate<AssumeRole> trust = RIGHT;
  private AssumableRoles assumable = AssumableRoles.ALL;
  private ClientRole known = ClientRole.UNVERIFIED;
  private @Nullable Reason failure;
  private boolean wrongRole;
  private int failingAppend;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          Instant start = Instant.parse("2026-03-01T12:00:00Z");
          return start.plus(waited).plus(callTime.multipliedBy(calls.size()));
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException("the service has no zones");
        }
      };

  private RoleAssumer.Answer assume(AssumeRole call) {
    calls.add(call);
    if (failure != null) {
      return new RoleAssumer.NotIssued(failure, true, null);
    }
    return trust.test(call)
        ? new RoleAssumer.Issued(
            new IssuedCredentials(
                "ASIAEXAMPLEISSUED001",
                "secret",
                "token",
                clock.instant().plusSeconds(900),
                wrongRole ? "arn:aws:sts::1:x" : ROLE.sessionArn(call.sessionName()),
                "AROAEXAMPLEDEPLOY001:" + call.sessionName(),
                null,
                null))
        : new RoleAssumer.NotIssued(Reason.STS_ACCESS_DENIED, false, null);
  }

  private Client client(boolean ownAccount) {
    return new Client(
        ROLE.account(),
        "Client",
        ownAccount ? null : EXTERNAL_ID,
        false,
        ownAccount,
        Map.of(ROLE, known),
        1);
  }

  private ProbeResult probe(InMemoryAllowList allowList, Duration time, String ownAccount) {
    AuditLog log =
        auditRecord -> {
          records.add(auditRecord);
          if (records.size() == failingAppend) {
            throw new AuditException("full", new IllegalStateException("full"));
          }
        };
    Pause pause = duration -> waited = waited.plus(duration).plus(overslept);
    Trace trace = new Trace(ID, new Requester(null, null, null, null, null, null, null, null));
    return new ProbeRole(
            allowList, log, this::assume, assumable, pause, clock, new SplittableRandom(1))
        .probe(trace, PROBER, ROLE, ownAccount, time);
  }

  private Probed probed(Duration time) {
    return (Probed) probe(new InMemoryAllowList().with(client(false)), time, "111122223333");
  }

  private static ProbeRecord.Result result(
      Answer with, Answer none, Answer wrong, boolean identity, boolean tags) {
    return new ProbeRecord.Result(with, none, wrong, identity, tags, false, false);
  }

  @Test
  void soundRoleIsTriedInThreeWays_BetweenTheRecords() {
    Probed probed = probed(TIME);

    assertThat(probed.result())
        .isEqualTo(result(Answer.WORKS, Answer.REFUSED, Answer.REFUSED, true, true));
    assertThat(probed.role()).isEqualTo(ROLE);
    assertThat(probed.findings()).singleElement().asString().startsWith("The role can be vended.");
    assertThat(records).hasSize(2);
    ProbeIntent intent = (ProbeIntent) records.getFirst();
    assertThat(intent.subject())
        .isEqualTo(
            new VendRecord.Subject(
                ROLE.value(),
                ROLE.account(),
                "Client",
                900,
                "vended-reprobe@" + ID,
                "vended-reprobe",
                Sha256.sha256(ProbeCalls.DENY_ALL),
                null,
                Map.of()));
    assertThat(((ProbeRecord) records.getLast()).target())
        .isEqualTo(new ProbeRecord.Target(ROLE, "Client", Sha256.sha256(EXTERNAL_ID)));
    assertThat(((ProbeRecord) records.getLast()).result()).isEqualTo(probed.result());
    assertThat(waited).isZero();
  }

  @Test
  void aClientThatHasSuspendedItselfIsNotEntered() {
    String account = ROLE.account();
    for (Row<Hold> hold :
        List.of(new Row.Found<>(new Hold(account, true, 1)), new Row.Corrupt<Hold>("fault"))) {
      var list = new InMemoryAllowList().with(client(false)).with(account, hold);
      assertThat(probe(list, TIME, "111122223333")).isInstanceOf(ProbeResult.Refused.class);
    }
    assertThat(calls).isEmpty();
    assertThat(records)
        .extracting(one -> Objects.requireNonNull(((VendRecord) one).result()).reason())
        .containsExactly(Reason.SUSPENDED_BY_CLIENT, Reason.CORRUPT_HOLD);
  }

  @Test
  void callsCanDoNothing_AndStrangersTryWithAndWithoutTheOptionalActions() {
    probed(TIME);

    String wrong = Objects.requireNonNull(calls.get(3).externalId());
    assertThat(calls)
        .extracting(AssumeRole::externalId)
        .containsExactly(EXTERNAL_ID, null, null, wrong, wrong);
    assertThat(wrong).matches("01234567[0-9a-f]{32}").doesNotEndWith("0".repeat(32));
    assertThat(calls)
        .extracting(AssumeRole::sourceIdentity)
        .containsExactly("vended-reprobe", "vended-reprobe", null, "vended-reprobe", null);
    assertThat(calls)
        .extracting(call -> call.tags().isEmpty())
        .containsExactly(false, false, true, false, true);
    assertThat(calls).allMatch(call -> ProbeCalls.DENY_ALL.equals(call.policy()));
    assertThat(calls).allMatch(call -> call.durationSeconds() == 900);
  }

  @Test
  void optionalActionsAreTriedFromMost_AndTheWholeAgain() {
    trust = RIGHT.and(call -> call.sourceIdentity() == null && call.tags().isEmpty());

    Probed probed = probed(TIME);

    assertThat(probed.result())
        .isEqualTo(result(Answer.WORKS, Answer.REFUSED, Answer.REFUSED, false, false));
    assertThat(probed.findings()).hasSize(3);
    assertThat(probed.findings().get(0)).contains("sts:SetSourceIdentity");
    assertThat(probed.findings().get(1)).contains("sts:TagSession");
    assertThat(calls).hasSize(4 + 1 + 2);

    trust = RIGHT.and(call -> call.tags().isEmpty());
    assertThat(probed(TIME).result().sourceIdentity()).isTrue();
    assertThat(records.getLast().toString()).contains("sessionTags=false");
  }

  @Test
  void roleThatBecomesKnownBetweenTwoCallsHasAllActions() {
    trust = RIGHT.and(call -> calls.size() > 1);

    assertThat(probed(TIME).result())
        .isEqualTo(result(Answer.WORKS, Answer.REFUSED, Answer.REFUSED, true, true));
  }

  @Test
  void openRolesAreFound() {
    trust = call -> true;
    Probed open = probed(TIME);
    assertThat(open.result())
        .isEqualTo(result(Answer.WORKS, Answer.WORKS, Answer.WORKS, true, true));
    assertThat(open.findings()).hasSize(2);
    assertThat(open.findings().get(0)).contains("without an ExternalId", EXTERNAL_ID);
    assertThat(open.findings().get(1)).contains("that is not yours", EXTERNAL_ID);

    trust = call -> call.externalId() != null && call.externalId().startsWith("01234567");
    assertThat(probed(TIME).result().withWrongExternalId()).isEqualTo(Answer.WORKS);

    trust = RIGHT.or(call -> call.externalId() == null && call.tags().isEmpty());
    assertThat(probed(TIME).result().withoutExternalId()).isEqualTo(Answer.WORKS);
  }

  @Test
  void refusalIsTriedThreeTimes_BecauseTheRoleMayBeNew() {
    trust = call -> false;

    Probed refused = probed(Duration.ofSeconds(60));

    assertThat(refused.result())
        .isEqualTo(
            new ProbeRecord.Result(
                Answer.REFUSED, Answer.REFUSED, Answer.REFUSED, false, false, false, true));
    assertThat(calls).hasSize(3 * 4 + 2);
    assertThat(waited).isEqualTo(TrustTrial.PAUSE.multipliedBy(2));
    assertThat(refused.findings()).hasSize(2);
    assertThat(refused.findings().get(0)).contains("try again in 30 seconds");
    assertThat(refused.findings().get(1)).contains("as Principal and the condition", EXTERNAL_ID);
  }

  @Test
  void roleThatPassedBeforeIsNotNew() {
    known = ClientRole.verified(Instant.EPOCH, "probe", true, true);
    trust = call -> false;

    assertThat(probed(TIME).result().propagating()).isFalse();
  }

  @Test
  void callsAndPausesBeginOnlyIfTheyEndInTime() {
    Duration last = Duration.ofMillis(3500);
    trust = call -> false;
    probed(last.plus(TrustTrial.PAUSE).plus(TrustTrial.CALL));
    assertThat(waited).isEqualTo(TrustTrial.PAUSE);

    waited = Duration.ZERO;
    probed(last.plus(TrustTrial.PAUSE).plus(TrustTrial.CALL).minusMillis(1));
    assertThat(waited).isZero();

    calls.clear();
    Probed late = probed(last.plus(TrustTrial.CALL).minusMillis(1));
    assertThat(calls).isEmpty();
    assertThat(late.result().withExternalId()).isEqualTo(Answer.UNCLEAR);
    assertThat(late.findings()).singleElement().asString().contains("no time left", "with the");
  }

  @Test
  void strangersMayBeLeftWithoutTime() {
    callTime = Duration.ofSeconds(2);

    Probed probed = probed(Duration.ofSeconds(12));

    assertThat(probed.result().withoutExternalId()).isEqualTo(Answer.REFUSED);
    assertThat(probed.result().withWrongExternalId()).isEqualTo(Answer.UNCLEAR);
    assertThat(probed.findings()).singleElement().asString().contains("with a wrong ExternalId");

    calls.clear();
    callTime = Duration.ofSeconds(3);
    assertThat(probed(Duration.ofSeconds(10)).findings())
        .hasSize(2)
        .first()
        .asString()
        .contains("without an ExternalId");
  }

  @Test
  void newRoleIsKnownAfterAPause() {
    trust = RIGHT.and(call -> calls.size() > 4);

    assertThat(probed(TIME).result().withExternalId()).isEqualTo(Answer.WORKS);
    assertThat(waited).isEqualTo(TrustTrial.PAUSE);
  }

  @Test
  void refusalStaysClearIfAPauseTakesTooLong() {
    trust = call -> false;
    overslept = Duration.ofSeconds(10);

    assertThat(probed(TIME).result().withExternalId()).isEqualTo(Answer.REFUSED);
    assertThat(calls).hasSize(4);
  }

  @Test
  void externalIdIsNotPrinted() {
    assertThat(new ProbeCalls(ID, PROBER, ROLE, EXTERNAL_ID, null))
        .hasToString("ProbeCalls[" + ID + ", " + ROLE + "]");
  }

  @Test
  void interruptedPauseLeavesTheThreadInterrupted() {
    Thread.currentThread().interrupt();

    Pause.sleeping().pause(Duration.ofMillis(1));

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void otherErrorsSayNothing() {
    failure = Reason.STS_THROTTLED;
    Probed unclear = probed(TIME);
    assertThat(calls).hasSize(1);
    assertThat(unclear.result().withoutExternalId()).isEqualTo(Answer.UNCLEAR);
    assertThat(unclear.findings()).singleElement().asString().contains("sts_throttled");

    failure = null;
    wrongRole = true;
    assertThat(probed(TIME).findings()).singleElement().asString().contains("sts_wrong_role");
  }

  @Test
  void roleThatTheVendorMayNotAssumeIsNotTheClientsFault() {
    assumable = new AssumableRoles(new RolePattern("arn:aws:iam::*:role/other/*"), true);
    trust = call -> false;

    Probed refused = probed(TIME);

    assertThat(refused.result().propagating()).isFalse();
    assertThat(refused.findings())
        .singleElement()
        .asString()
        .startsWith("By the stack's parameters");

    trust = RIGHT;
    assertThat(probed(TIME).findings()).singleElement().asString().startsWith("The role can be");
  }

  @Test
  void ownAccountNeedsNoExternalId() {
    trust = call -> false;
    InMemoryAllowList own = new InMemoryAllowList().with(client(true));

    Probed probed = (Probed) probe(own, TIME, ROLE.account());

    assertThat(probed.findings()).hasSize(3);
    assertThat(probed.findings().get(1)).endsWith("as Principal.");
    assertThat(probed.findings().get(2)).startsWith("This is the vendor's own account");
    assertThat(calls.getLast().externalId()).matches("[0-9a-f]{32}");
    assertThat(probe(own, TIME, "111122223333"))
        .isEqualTo(new ProbeResult.Refused(Reason.NOT_OWN_ACCOUNT));
  }

  @Test
  void whatCannotBeProbedIsRecorded() {
    InMemoryAllowList none = new InMemoryAllowList();
    assertThat(probe(none, TIME, "1")).isEqualTo(new ProbeResult.Refused(Reason.NO_CLIENT));
    none.withCorruptClient(ROLE.account(), "client row: odd");
    assertThat(probe(none, TIME, "1")).isEqualTo(new ProbeResult.Refused(Reason.CORRUPT_CLIENT));
    InMemoryAllowList other =
        new InMemoryAllowList()
            .with(new Client(ROLE.account(), "A", EXTERNAL_ID, false, false, Map.of(), 1));
    assertThat(probe(other, TIME, "1")).isEqualTo(new ProbeResult.Refused(Reason.ROLE_NOT_KNOWN));
    other.failing(new AllowListException("down", null));
    assertThat(probe(other, TIME, "1")).isEqualTo(new ProbeResult.Unavailable());

    assertThat(records)
        .extracting(
            one -> Objects.requireNonNull(((VendRecord) one).result()).reason(),
            one -> ((VendRecord) one).subject().roleArn())
        .extracting(tuple -> tuple.toList().getFirst())
        .containsExactly(
            Reason.NO_CLIENT,
            Reason.CORRUPT_CLIENT,
            Reason.ROLE_NOT_KNOWN,
            Reason.ALLOW_LIST_UNAVAILABLE);
    assertThat(calls).isEmpty();
  }

  @Test
  void withoutItsRecordsAProbeSaysNothing() {
    failingAppend = 1;
    assertThat(probe(new InMemoryAllowList().with(client(false)), TIME, "1"))
        .isEqualTo(new ProbeResult.Unavailable());
    assertThat(calls).isEmpty();
    failingAppend = 3;
    assertThat(probe(new InMemoryAllowList().with(client(false)), TIME, "1"))
        .isEqualTo(new ProbeResult.Unavailable());
  }
}

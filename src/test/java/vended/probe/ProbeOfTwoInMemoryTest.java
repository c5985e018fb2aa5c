package vended.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.InMemoryAllowList;
import vended.allowlist.Rotation;
import vended.audit.InMemoryAuditLog;
import vended.audit.ProbeRecord;
import vended.audit.ProbeRecord.Answer;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.clock.SettableClock;
import vended.identity.AssumableRoles;
import vended.identity.FunctionArn;
import vended.identity.RoleArn;
import vended.probe.ProbeResult.Probed;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;
import vended.text.Sha256;

/** Probes in memory while a client's ExternalId is being rotated, so that two are tried. */
class ProbeOfTwoInMemoryTest {
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  private static final String ONE = "0123456789abcdef";
  private static final String OTHER = "fedcba9876543210";
  private static final Predicate<AssumeRole> WITH_ONE = call -> ONE.equals(call.externalId());
  private static final Predicate<AssumeRole> WITH_OTHER = call -> OTHER.equals(call.externalId());
  private static final String ACCEPTED =
      "The ExternalId is being rotated, and the role accepts the other one, too.";
  private static final String NOT_ACCEPTED =
      "The ExternalId is being rotated, and the role does not accept the other one.";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final List<AssumeRole> calls = new ArrayList<>();
  private Predicate<AssumeRole> trust = WITH_ONE.or(WITH_OTHER);
  private @Nullable Reason failure;

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
                ROLE.sessionArn(call.sessionName()),
                "AROAEXAMPLEDEPLOY001:" + call.sessionName(),
                null,
                null))
        : new RoleAssumer.NotIssued(Reason.STS_ACCESS_DENIED, false, null);
  }

  private Probed probed() {
    Client client =
        new Client(
            ROLE.account(), "Client", ONE, false, false, Map.of(ROLE, ClientRole.UNVERIFIED), 1);
    InMemoryAllowList allowList =
        new InMemoryAllowList().with(client).with(new Rotation(ROLE.account(), OTHER, false));
    Prober prober =
        Prober.of(new FunctionArn("arn:aws:lambda:eu-west-1:111122223333:function:vended-reprobe"));
    Trace trace =
        new Trace(
            new VendId("01JZ0000000000000000000000"),
            new Requester(null, null, null, null, null, null, null, null));
    return (Probed)
        new ProbeRole(
                allowList,
                audit,
                this::assume,
                AssumableRoles.ALL,
                pause -> {},
                clock,
                new SplittableRandom(1))
            .probe(trace, prober, ROLE, "111122223333", Duration.ofSeconds(15));
  }

  private ProbeRecord.@Nullable Other recorded() {
    return ((ProbeRecord) audit.records().getLast()).other();
  }

  private static ProbeRecord.Other other(Answer answer, boolean identity, boolean tags) {
    return new ProbeRecord.Other(Sha256.sha256(OTHER), answer, identity, tags);
  }

  @Test
  void aRoleThatAcceptsBothIsTriedWithWhatResemblesEach() {
    Probed probed = probed();

    assertThat(probed.result().passed()).isTrue();
    assertThat(recorded()).isEqualTo(other(Answer.WORKS, true, true));
    assertThat(probed.findings()).hasSize(2).first().isEqualTo(ACCEPTED);
    assertThat(calls.subList(0, 4))
        .extracting(AssumeRole::externalId)
        .containsExactly(ONE, OTHER, null, null);
    assertThat(calls.subList(4, 8))
        .extracting(call -> String.valueOf(call.externalId()).substring(0, 8))
        .containsExactly("01234567", "01234567", "fedcba98", "fedcba98");
    assertThat(calls).hasSize(8);
  }

  @Test
  void whatTheOtherOneAllowsIsRecordedByItself() {
    trust = WITH_ONE.or(WITH_OTHER.and(call -> call.tags().isEmpty()));

    Probed probed = probed();

    assertThat(probed.result().sessionTags()).isTrue();
    assertThat(recorded()).isEqualTo(other(Answer.WORKS, true, false));
  }

  @Test
  void theOtherOneMayAllowTagsWithoutASourceIdentity() {
    trust = WITH_ONE.or(WITH_OTHER.and(call -> call.sourceIdentity() == null));

    probed();

    assertThat(recorded()).isEqualTo(other(Answer.WORKS, false, true));
  }

  @Test
  void aRoleThatDoesNotKnowTheOtherOneYetPasses() {
    trust = WITH_ONE;

    Probed probed = probed();

    assertThat(probed.result().passed()).isTrue();
    assertThat(recorded()).isEqualTo(other(Answer.REFUSED, false, false));
    assertThat(probed.findings()).hasSize(2).first().isEqualTo(NOT_ACCEPTED);
  }

  @Test
  void aRoleThatKnowsTheOtherOneOnlyDoesNotPass_AndIsToldBoth() {
    trust = WITH_OTHER;

    Probed probed = probed();

    assertThat(probed.result().withExternalId()).isEqualTo(Answer.REFUSED);
    assertThat(recorded()).isEqualTo(other(Answer.WORKS, true, true));
    assertThat(probed.findings())
        .anySatisfy(
            text ->
                assertThat(text)
                    .endsWith(
                        "StringEquals sts:ExternalId = [\"" + ONE + "\", \"" + OTHER + "\"]."))
        .contains(ACCEPTED);
    // Strangers try what the other one allows.
    AssumeRole stranger =
        calls.stream().filter(call -> call.externalId() == null).findFirst().orElseThrow();
    assertThat(stranger.tags()).isNotEmpty();
  }

  @Test
  void aPatternThatFitsMoreThanTheOtherOneIsFound() {
    trust =
        WITH_ONE.or(call -> call.externalId() != null && call.externalId().startsWith("fedcba98"));

    assertThat(probed().result().withWrongExternalId()).isEqualTo(Answer.WORKS);
  }

  @Test
  void whereStsIsUnclearNothingIsKnownOfTheOtherOne() {
    failure = Reason.STS_THROTTLED;

    Probed probed = probed();

    assertThat(calls).hasSize(1);
    assertThat(recorded()).isEqualTo(other(Answer.UNCLEAR, false, false));
    assertThat(probed.findings())
        .hasSize(2)
        .last()
        .asString()
        .contains("no time left", "with the other ExternalId of the rotation");
  }
}

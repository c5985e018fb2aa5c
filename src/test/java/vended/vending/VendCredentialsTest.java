package vended.vending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vended.allowlist.AllowListException;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.InMemoryAllowList;
import vended.audit.AuditException;
import vended.audit.AuditLog;
import vended.audit.AuditRecord;
import vended.audit.Outcome;
import vended.audit.Reason;
import vended.audit.Requester;
import vended.audit.Trace;
import vended.audit.VendId;
import vended.audit.VendRecord;
import vended.identity.Caller;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.json.JsonError;
import vended.sts.AssumeRole;
import vended.sts.IssuedCredentials;
import vended.sts.RoleAssumer;

/** A vend in memory: what is recorded before what, and what STS is asked for. */
class VendCredentialsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String VENDOR = "111122223333";
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/vended/deploy");
  private static final CallerArn DEPLOYER =
      new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  private static final Caller CALLER = new Caller(DEPLOYER, "AROAEXAMPLEDEPLOYER1", "b1");
  private static final VendId ID = new VendId("01JZ0000000000000000000000");
  private static final Trace TRACE =
      new Trace(ID, new Requester(null, null, null, null, null, null, null, null));
  private static final String SESSION = "Deployer@" + ID;
  private static final String POLICY = "{\"Statement\":[]}";
  private static final String POLICY_ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess";

  private final List<String> events = new ArrayList<>();
  private final List<AssumeRole> calls = new ArrayList<>();
  private final List<VendRecord> records = new ArrayList<>();
  private InMemoryAllowList allowList =
      new InMemoryAllowList().with(client(true, true)).with(grant(1800, null));
  private RoleAssumer.Answer answer = new RoleAssumer.Issued(issued(ROLE.sessionArn(SESSION)));
  private int failingAppend;

  private static Client client(boolean sourceIdentity, boolean sessionTags) {
    return new Client(
        ROLE.account(),
        "Client",
        "0123456789abcdef",
        false,
        false,
        Map.of(ROLE, ClientRole.verified(Instant.EPOCH, "probe", sourceIdentity, sessionTags)),
        1);
  }

  private static Grant grant(int seconds, @Nullable String policy) {
    return new Grant(
        DEPLOYER,
        ROLE,
        CALLER.uniqueId(),
        seconds,
        policy,
        List.of(),
        Map.of("team", "a"),
        null,
        null,
        false,
        null,
        7);
  }

  private static IssuedCredentials issued(String assumedRoleArn) {
    return new IssuedCredentials(
        "ASIAEXAMPLEISSUED001",
        "secret",
        "token",
        NOW.plusSeconds(900),
        assumedRoleArn,
        "AROAEXAMPLEDEPLOY001:" + SESSION,
        5,
        "sts-request");
  }

  private static VendRequest request(
      @Nullable Integer seconds, @Nullable String policy, String... arns) {
    return new VendRequest(ROLE, seconds, policy, List.of(arns), Map.of("build", "42"));
  }

  private VendCredentials useCase() {
    AuditLog log =
        auditRecord -> {
          events.add(auditRecord.kind().code());
          if (events.size() == failingAppend) {
            throw new AuditException("full", new IllegalStateException("full"));
          }
          records.add((VendRecord) auditRecord);
        };
    RoleAssumer sts =
        call -> {
          events.add("sts");
          calls.add(call);
          return answer;
        };
    return new VendCredentials(allowList, log, sts, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private VendResult vend(VendRequest request) {
    return useCase().vend(TRACE, CALLER, request, VENDOR);
  }

  private VendRecord.Result result() {
    return Objects.requireNonNull(records.getLast().result());
  }

  @Test
  void rolesAreAssumedBetweenTheIntentAndTheOutcome() {
    VendResult vended = vend(request(900, null));

    assertThat(vended).isEqualTo(new VendResult.Granted(ROLE, issued(ROLE.sessionArn(SESSION))));
    assertThat(events).containsExactly("intent", "sts", "outcome");
    assertThat(records).extracting(VendRecord::subject).containsOnly(subject(900));
    assertThat(records).extracting(AuditRecord::at).containsOnly(NOW);
    assertThat(result())
        .isEqualTo(
            new VendRecord.Result(
                Outcome.GRANTED,
                null,
                new VendRecord.Issued(
                    "ASIAEXAMPLEISSUED001",
                    "AROAEXAMPLEDEPLOY001:" + SESSION,
                    NOW.plusSeconds(900),
                    5),
                "sts-request"));
  }

  private static VendRecord.Subject subject(int seconds) {
    return new VendRecord.Subject(
        ROLE.value(),
        ROLE.account(),
        "Client",
        seconds,
        SESSION,
        CALLER.uniqueId(),
        null,
        7L,
        Map.of("build", "42"));
  }

  @Test
  void callIsWhatTheGrantAndTheRoleAllow() {
    vend(request(null, null));

    AssumeRole call = calls.getFirst();
    assertThat(call.role()).isEqualTo(ROLE);
    assertThat(call.sessionName()).isEqualTo(SESSION);
    assertThat(call.durationSeconds()).isEqualTo(1800);
    assertThat(call.externalId()).isEqualTo("0123456789abcdef");
    assertThat(call.sourceIdentity()).isEqualTo(CALLER.uniqueId());
    assertThat(call.tags())
        .isEqualTo(Map.of("team", "a", "vended:caller", DEPLOYER.value(), "vended:id", ID.value()));
    assertThat(call.policy()).isNull();
    assertThat(call.policyArns()).isEmpty();
  }

  @Test
  void whatTheTrustPolicyDoesNotAllowIsLeftOut() {
    allowList = new InMemoryAllowList().with(client(false, false)).with(grant(1800, null));

    vend(request(null, null));

    assertThat(calls.getFirst().sourceIdentity()).isNull();
    assertThat(calls.getFirst().tags()).isEmpty();
  }

  @Test
  void policiesOfTheRequestAreUsedIfTheGrantSetsNone() {
    vend(request(null, POLICY, POLICY_ARN));

    assertThat(calls.getFirst().policy()).isEqualTo(POLICY);
    assertThat(calls.getFirst().policyArns()).containsExactly(POLICY_ARN);
    assertThat(records.getFirst().subject().policySha256()).hasSize(64);
  }

  @Test
  void policyOfTheGrantIsUsed() {
    allowList = new InMemoryAllowList().with(client(true, true)).with(grant(1800, POLICY));

    vend(request(null, null));

    assertThat(calls.getFirst().policy()).isEqualTo(POLICY);
  }

  @Test
  void limitItselfIsGranted() {
    assertThat(vend(request(1800, null))).isInstanceOf(VendResult.Granted.class);
    assertThat(calls.getFirst().durationSeconds()).isEqualTo(1800);
  }

  @Test
  void moreThanTheGrantAllowsIsRefused_AndNamed() {
    allowList = new InMemoryAllowList().with(client(true, true)).with(grant(1800, POLICY));

    assertThat(errors(vend(request(1801, null)))).containsExactly("/durationSeconds");
    assertThat(result().reason()).isEqualTo(Reason.DURATION_OVER_GRANT);
    assertThat(errors(vend(request(null, POLICY)))).containsExactly("/policy");
    assertThat(result().reason()).isEqualTo(Reason.POLICY_SET_BY_GRANT);
    assertThat(errors(vend(request(null, null, POLICY_ARN)))).containsExactly("/policyArns");
    assertThat(errors(vend(request(1801, POLICY)))).containsExactly("/durationSeconds", "/policy");
    assertThat(result().reason()).isEqualTo(Reason.DURATION_OVER_GRANT);
    assertThat(result().outcome()).isEqualTo(Outcome.DENIED);
    assertThat(records).hasSize(4);
    assertThat(calls).isEmpty();
  }

  private static List<String> errors(VendResult beyond) {
    return ((VendResult.BeyondGrant) beyond).errors().stream().map(JsonError::pointer).toList();
  }

  @Test
  void whoHasNoGrantIsRefused() {
    allowList = new InMemoryAllowList().with(client(true, true));

    assertThat(vend(request(null, null))).isEqualTo(new VendResult.Denied());
    assertThat(result().reason()).isEqualTo(Reason.NO_GRANT);
    assertThat(events).containsExactly("outcome");
    assertThat(records.getFirst().subject().roleArn()).isEqualTo(ROLE.value());
  }

  @Test
  void identityIsRefusedBeforeAnythingIsRead() {
    assertThat(useCase().refuse(TRACE, Reason.IDENTITY_ROOT)).isEqualTo(new VendResult.Denied());
    assertThat(result().reason()).isEqualTo(Reason.IDENTITY_ROOT);
    assertThat(records.getFirst().subject()).isEqualTo(VendRecord.Subject.NONE);

    failingAppend = 2;
    assertThat(useCase().refuse(TRACE, Reason.IDENTITY_ROOT))
        .isEqualTo(new VendResult.Unavailable());
  }

  @Test
  void unreadableAllowListIsRecorded() {
    allowList.failing(new AllowListException("down", null));

    assertThat(vend(request(null, null))).isEqualTo(new VendResult.Unavailable());
    assertThat(result().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result().reason()).isEqualTo(Reason.ALLOW_LIST_UNAVAILABLE);
  }

  @Test
  void refusalsOfStsAreRecorded() {
    answer = new RoleAssumer.NotIssued(Reason.STS_ACCESS_DENIED, false, "r1");
    assertThat(vend(request(null, null)))
        .isEqualTo(new VendResult.Failed(Reason.STS_ACCESS_DENIED));
    assertThat(result())
        .isEqualTo(new VendRecord.Result(Outcome.FAILED, Reason.STS_ACCESS_DENIED, null, "r1"));

    answer = new RoleAssumer.NotIssued(Reason.STS_THROTTLED, true, null);
    assertThat(vend(request(null, null))).isEqualTo(new VendResult.Unavailable());
    assertThat(result().reason()).isEqualTo(Reason.STS_THROTTLED);
  }

  @Test
  void credentialsOfAnotherRoleAreDropped_AndRecorded() {
    answer =
        new RoleAssumer.Issued(issued("arn:aws:sts::444455556666:assumed-role/other/" + SESSION));

    assertThat(vend(request(null, null))).isEqualTo(new VendResult.Failed(Reason.STS_WRONG_ROLE));
    assertThat(result().reason()).isEqualTo(Reason.STS_WRONG_ROLE);
    assertThat(Objects.requireNonNull(result().issued()).accessKeyId())
        .isEqualTo("ASIAEXAMPLEISSUED001");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void withoutEachRecordNothingIsHandedOut(int failing) {
    failingAppend = failing;

    assertThat(vend(request(null, null))).isEqualTo(new VendResult.Unavailable());
    assertThat(calls).hasSize(failing == 1 ? 0 : 1);
  }
}

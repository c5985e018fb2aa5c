package vended.vending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowList;
import vended.audit.Reason;
import vended.identity.Caller;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** The decision as a table: every reason for a refusal, and which of two comes first. */
class DecisionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant EARLIER = NOW.minusSeconds(1);
  private static final Instant LATER = NOW.plusSeconds(1);
  private static final String ACCOUNT = "444455556666";
  private static final String VENDOR = "111122223333";
  private static final String ID = "AROAEXAMPLEDEPLOYER1";
  private static final CallerArn DEPLOYER =
      CallerArn.parse("arn:aws:iam::111122223333:role/Deployer").orElseThrow();
  private static final Caller CALLER = new Caller(DEPLOYER, ID, "build-42");
  private static final RoleArn ROLE = role("arn:aws:iam::444455556666:role/vended/deploy");
  private static final RoleArn OTHER = role("arn:aws:iam::444455556666:role/vended/other");
  private static final ClientRole SOUND = ClientRole.verified(EARLIER, "PROBE", true, true);

  private static RoleArn role(String arn) {
    return RoleArn.parse(arn).orElseThrow();
  }

  private static Row<Grant> grant(
      @Nullable String callerId,
      boolean disabled,
      @Nullable Instant notBefore,
      @Nullable Instant expiresAt) {
    return new Row.Found<>(
        new Grant(
            DEPLOYER, ROLE, callerId, 3600, null, List.of(), Map.of(), notBefore, expiresAt,
            disabled, null, 1));
  }

  private static Row<Client> client(boolean suspended, Map<RoleArn, ClientRole> roles) {
    return new Row.Found<>(
        new Client(ACCOUNT, "Example", "an-external-id-of-16", suspended, false, roles, 1));
  }

  private static Row<Client> marked(boolean suspended) {
    return new Row.Found<>(
        new Client(ACCOUNT, "Example", null, suspended, true, Map.of(ROLE, SOUND), 1));
  }

  private static final Row<Vending> RUNNING = new Row.Missing<>();
  private static final Row<Vending> STOPPED = new Row.Found<>(new Vending(true, 1));
  private static final Row<Grant> PINNED = grant(ID, false, null, null);
  private static final Row<Grant> NO_GRANT = new Row.Missing<>();
  private static final Row<Grant> CORRUPT_GRANT = new Row.Corrupt<>("fault");
  private static final Row<Client> CLIENT = client(false, Map.of(ROLE, SOUND));
  private static final Row<Hold> HELD = new Row.Found<>(new Hold(ACCOUNT, true, 1));
  private static final Row<Hold> ENDED = new Row.Found<>(new Hold(ACCOUNT, false, 2));
  private static final Row<Client> NO_CLIENT = new Row.Missing<>();
  private static final Row<Client> CORRUPT_CLIENT = new Row.Corrupt<>("fault");

  /** What is decided of four rows; null if the caller may have the role. */
  record Case(
      String name,
      Row<Vending> vending,
      Row<Grant> grant,
      Row<Client> client,
      Row<Hold> hold,
      @Nullable Reason reason) {
    Case(
        String name,
        Row<Vending> vending,
        Row<Grant> grant,
        Row<Client> client,
        @Nullable Reason reason) {
      this(name, vending, grant, client, new Row.Missing<>(), reason);
    }

    Case with(Row<Hold> by) {
      return new Case(name, vending, grant, client, by, reason);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> permitted() {
    Row<Vending> resumed = new Row.Found<>(new Vending(false, 2));
    return Stream.of(
        new Case("all is sound", RUNNING, PINNED, CLIENT, null),
        new Case("vending was resumed", resumed, PINNED, CLIENT, null),
        new Case("the client has resumed", RUNNING, PINNED, CLIENT, null).with(ENDED),
        new Case("an unpinned grant", RUNNING, grant(null, false, null, null), CLIENT, null),
        new Case("it begins now", RUNNING, grant(ID, false, NOW, null), CLIENT, null),
        new Case("it ends in a second", RUNNING, grant(ID, false, EARLIER, LATER), CLIENT, null));
  }

  static Stream<Case> refusedByTheGrant() {
    return Stream.of(
        new Case("no grant", RUNNING, NO_GRANT, CLIENT, Reason.NO_GRANT),
        new Case("corrupt grant", RUNNING, CORRUPT_GRANT, CLIENT, Reason.CORRUPT_GRANT),
        of("another unique ID", grant("AROAEXAMPLEFORMER001", false, null, null)),
        of("disabled", grant(ID, true, null, null), Reason.GRANT_DISABLED),
        of("not yet", grant(ID, false, LATER, null), Reason.GRANT_NOT_YET_VALID),
        of("it ends now", grant(ID, false, null, NOW), Reason.GRANT_EXPIRED),
        of("disabled before expired", grant(ID, true, null, EARLIER), Reason.GRANT_DISABLED),
        of("another ID before disabled", grant("AROAEXAMPLEFORMER001", true, null, null)));
  }

  private static Case of(String name, Row<Grant> grant) {
    return of(name, grant, Reason.CALLER_ID_MISMATCH);
  }

  private static Case of(String name, Row<Grant> grant, Reason reason) {
    return new Case(name, RUNNING, grant, CLIENT, reason);
  }

  static Stream<Case> refusedByTheClient() {
    Row<Client> unverified = client(false, Map.of(ROLE, ClientRole.UNVERIFIED));
    Row<Client> drifted = client(false, Map.of(ROLE, SOUND.drifted("PROBE2")));
    Row<Client> suspended = client(true, Map.of(ROLE, ClientRole.UNVERIFIED));
    return Stream.of(
        new Case("no client", RUNNING, PINNED, NO_CLIENT, Reason.NO_CLIENT),
        new Case("corrupt client", RUNNING, PINNED, CORRUPT_CLIENT, Reason.CORRUPT_CLIENT),
        new Case("suspended", RUNNING, PINNED, suspended, Reason.CLIENT_SUSPENDED),
        new Case("a stranger's own", RUNNING, PINNED, marked(false), Reason.NOT_OWN_ACCOUNT),
        new Case("suspended, too", RUNNING, PINNED, marked(true), Reason.CLIENT_SUSPENDED),
        new Case("never probed", RUNNING, PINNED, unverified, Reason.ROLE_NOT_VERIFIED),
        new Case("drifted", RUNNING, PINNED, drifted, Reason.ROLE_NOT_VERIFIED),
        new Case(
            "the other role is verified",
            RUNNING,
            PINNED,
            client(false, Map.of(OTHER, SOUND)),
            Reason.ROLE_NOT_VERIFIED));
  }

  static Stream<Case> refusedByTheClientItself() {
    Row<Client> suspended = client(true, Map.of(ROLE, SOUND));
    Row<Hold> corrupt = new Row.Corrupt<>("fault");
    Reason byClient = Reason.SUSPENDED_BY_CLIENT;
    return Stream.of(
        new Case("by itself", RUNNING, PINNED, CLIENT, byClient).with(HELD),
        new Case("its row is corrupt", RUNNING, PINNED, CLIENT, Reason.CORRUPT_HOLD).with(corrupt),
        new Case("by both", RUNNING, PINNED, suspended, byClient).with(HELD),
        new Case("its client's row is gone", RUNNING, PINNED, NO_CLIENT, byClient).with(HELD),
        new Case("the grant comes first", RUNNING, NO_GRANT, CLIENT, Reason.NO_GRANT).with(HELD),
        new Case("ended by itself", RUNNING, PINNED, suspended, Reason.CLIENT_SUSPENDED)
            .with(ENDED));
  }

  static Stream<Case> whatComesFirst() {
    Row<Vending> corrupt = new Row.Corrupt<>("fault");
    return Stream.of(
        new Case("the switch", STOPPED, NO_GRANT, NO_CLIENT, Reason.VENDING_STOPPED),
        new Case("a corrupt switch", corrupt, PINNED, CLIENT, Reason.CORRUPT_SWITCH),
        new Case("then the grant", RUNNING, NO_GRANT, NO_CLIENT, Reason.NO_GRANT),
        new Case("corrupt, too", RUNNING, CORRUPT_GRANT, CORRUPT_CLIENT, Reason.CORRUPT_GRANT),
        new Case(
            "an expired one",
            RUNNING,
            grant(ID, false, null, EARLIER),
            CORRUPT_CLIENT,
            Reason.GRANT_EXPIRED));
  }

  private static Decision decide(Case row) {
    var entry = new AllowList.Entry(row.vending(), row.client(), row.hold(), row.grant());
    return Decision.of(entry, CALLER, ROLE, VENDOR, NOW);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "refusedByTheGrant",
    "refusedByTheClient",
    "refusedByTheClientItself",
    "whatComesFirst"
  })
  void refusalsHaveOneReason(Case row) {
    assertThat(decide(row)).isEqualTo(new Decision.Refused(Objects.requireNonNull(row.reason())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("permitted")
  void soundRowsPermit_WithWhatTheyHold(Case row) {
    Decision.Permitted permitted = (Decision.Permitted) decide(row);

    assertThat(new Row.Found<>(permitted.grant())).isEqualTo(row.grant());
    assertThat(new Row.Found<>(permitted.client())).isEqualTo(row.client());
    assertThat(permitted.verified()).isEqualTo(SOUND.verified());
  }

  private static List<Obstacle> obstacles(
      Row<Grant> grant, Row<Client> client, @Nullable String id) {
    var entry = new AllowList.Entry(STOPPED, client, HELD, grant);
    return Decision.obstacles(entry, id, ROLE, VENDOR, NOW);
  }

  @Test
  void peopleSeeAllThatStandsAgainstAVend() {
    Row<Grant> grant = grant("AROAEXAMPLEFORMER001", true, LATER, EARLIER);

    assertThat(obstacles(grant, client(true, Map.of(ROLE, SOUND.drifted("PROBE2"))), ID))
        .containsExactly(
            Obstacle.VENDING_STOPPED,
            Obstacle.CALLER_ID_MISMATCH,
            Obstacle.GRANT_DISABLED,
            Obstacle.GRANT_NOT_YET_VALID,
            Obstacle.GRANT_EXPIRED,
            Obstacle.SUSPENDED_BY_CLIENT,
            Obstacle.CLIENT_SUSPENDED,
            Obstacle.ROLE_DRIFTED);
    assertThat(obstacles(NO_GRANT, client(false, Map.of(OTHER, SOUND)), ID))
        .containsExactly(
            Obstacle.VENDING_STOPPED,
            Obstacle.NO_GRANT,
            Obstacle.SUSPENDED_BY_CLIENT,
            Obstacle.ROLE_NOT_KNOWN);
    assertThat(obstacles(PINNED, client(false, Map.of(ROLE, ClientRole.UNVERIFIED)), ID))
        .containsExactly(
            Obstacle.VENDING_STOPPED, Obstacle.SUSPENDED_BY_CLIENT, Obstacle.ROLE_NOT_VERIFIED);
  }

  @Test
  void anUnknownCallerIsTakenToHaveTheIdThatTheGrantIsBoundTo() {
    assertThat(obstacles(grant("AROAEXAMPLEFORMER001", false, null, null), CLIENT, null))
        .containsExactly(Obstacle.VENDING_STOPPED, Obstacle.SUSPENDED_BY_CLIENT);
  }

  @Test
  void theVendorsOwnAccountNeedsNoExternalId() {
    Client own = new Client(ACCOUNT, "Own", null, false, true, Map.of(ROLE, SOUND), 1);
    var entry = new AllowList.Entry(RUNNING, new Row.Found<>(own), ENDED, PINNED);

    assertThat(Decision.of(entry, CALLER, ROLE, ACCOUNT, NOW))
        .isInstanceOf(Decision.Permitted.class);
  }
}

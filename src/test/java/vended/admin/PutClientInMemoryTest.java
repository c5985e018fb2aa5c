package vended.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.ADMIN;
import static vended.admin.change.Desk.CALLER;
import static vended.admin.change.Desk.EXTERNAL_ID;
import static vended.admin.change.Desk.OWN;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.grant;
import static vended.admin.change.Desk.role;
import static vended.admin.change.Desk.verified;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.change.AdminResult;
import vended.admin.change.ChangedClient;
import vended.admin.change.Desk;
import vended.admin.change.GrantsOfRoles.Affected;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Grant;
import vended.allowlist.Stored;
import vended.audit.VendId;
import vended.identity.AssumableRoles;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.identity.RolePattern;
import vended.json.JsonError;

/** A client is made or changed by its version, with what that means for its roles and grants. */
class PutClientInMemoryTest {
  private static final AssumableRoles SOME =
      new AssumableRoles(new RolePattern("arn:aws:iam::*:role/vended/*"), false);
  private static final RoleArn STRANGE = new RoleArn("arn:aws:iam::444455556666:role/other");

  private final Desk desk = new Desk();

  private PutClient putClient() {
    return new PutClient(
        desk.list(), desk.list(), desk.changes(), SOME, new Random(7), desk.clock());
  }

  private static PutClient.Request request(@Nullable Long version, RoleArn... roles) {
    return new PutClient.Request(
        ACCOUNT, "Example Client", List.of(roles), false, null, null, version);
  }

  private static PutClient.Request activating(@Nullable Boolean on, @Nullable Long version) {
    return new PutClient.Request(
        ACCOUNT, "Example Client", List.of(ROLE), false, null, on, version);
  }

  private AdminResult<ChangedClient> put(PutClient.Request request) {
    return putClient().put(desk.trace(), request, OWN);
  }

  private ChangedClient done(PutClient.Request request) {
    return ((AdminResult.Done<ChangedClient>) put(request)).value();
  }

  private static ClientRole awaited(Instant since) {
    return ClientRole.awaited(new Awaited(since, null, null));
  }

  @Test
  void aNewClientGetsAnExternalIdOfItsOwn_AndItsRolesAreAwaited() {
    ChangedClient made = done(request(null, role("b"), role("a")));

    Client client = made.client().value();
    assertThat(client.externalId()).matches("[0-9a-f]{32}").doesNotContain("0000000000");
    assertThat(client.version()).isEqualTo(1);
    assertThat(client.suspended()).isFalse();
    assertThat(client.ownAccount()).isFalse();
    assertThat(client.name()).isEqualTo("Example Client");
    assertThat(client.roles())
        .containsExactly(
            Map.entry(role("a"), awaited(Desk.START)), Map.entry(role("b"), awaited(Desk.START)));
    assertThat(made.client())
        .isEqualTo(Stored.made(client, Desk.START.toString(), ADMIN))
        .isEqualTo(desk.client());
    assertThat(made.changed()).isTrue();
    assertThat(made.dangling()).isEqualTo(Affected.NONE);
    assertThat(made.waiting()).isEqualTo(Affected.NONE);
    assertThat(desk.audit()).containsExactly("admin clients/put", "made clients/put");
    assertThat(desk.records().getFirst().subject().before()).isNull();
    assertThat(desk.records().getFirst().subject().after()).contains("Example Client");
  }

  @Test
  void aNewClientContinuesTheVersionsOfTheOneBefore() {
    desk.list().with("last-client " + ACCOUNT, 4L);

    assertThat(done(request(null)).client().value().version()).isEqualTo(5);
  }

  @Test
  void aClientThatIsThereIsNotMadeAgain() {
    desk.list().with(client(Map.of(), 3));

    assertThat(put(request(null))).isEqualTo(new AdminResult.Conflict<>(3));
    assertThat(put(request(2L))).isEqualTo(new AdminResult.Conflict<>(3));
    assertThat(desk.audit())
        .containsExactly(
            "denied clients/put version_conflict", "denied clients/put version_conflict");
  }

  @Test
  void aClientThatIsNotThereIsNotChanged_NorOneThatCannotBeRead() {
    assertThat(put(request(1L))).isEqualTo(new AdminResult.Refused<>(Refusal.NO_CLIENT));
    desk.list().withDamaged("client " + ACCOUNT);
    assertThat(put(request(1L))).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
    assertThat(put(request(null))).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));

    assertThat(desk.audit()).startsWith("denied clients/put no_client");
    assertThat(desk.list().made()).isZero();
  }

  @Test
  void theVendorsOwnAccountIsMarkedAsSuch_AndNoOther() {
    for (boolean own : List.of(true, false)) {
      var wrong = new PutClient.Request(own ? ACCOUNT : OWN, "Name", null, own, null, null, null);
      assertThat(put(wrong))
          .isEqualTo(
              new AdminResult.Invalid<>(
                  List.of(
                      new JsonError(
                          "/ownAccount",
                          "must be true for the vendor's own account, and only for it"))));
    }
    var right = new PutClient.Request(OWN, "Name", null, true, null, null, null);
    assertThat(done(right).client().value().ownAccount()).isTrue();
  }

  private static List<String> places(AdminResult<?> result) {
    return ((AdminResult.Invalid<?>) result).errors().stream().map(JsonError::pointer).toList();
  }

  @Test
  void aRoleThatTheVendorRoleMayNotAssumeIsInvalid_UnlessTheClientHasItAlready() {
    assertThat(places(put(request(null, ROLE, STRANGE)))).containsExactly("/roles/1");
    desk.list().with(client(Map.of(STRANGE, verified()), 1));
    RoleArn another = new RoleArn("arn:aws:iam::444455556666:role/another");

    assertThat(places(put(request(1L, STRANGE, another)))).containsExactly("/roles/1");
    assertThat(done(request(1L, STRANGE, ROLE)).client().value().roles()).hasSize(2);
    var own =
        new PutClient.Request(
            OWN,
            "Name",
            List.of(new RoleArn("arn:aws:iam::111122223333:role/vended/a")),
            true,
            null,
            null,
            null);
    assertThat(places(put(own))).containsExactly("/roles/0");
  }

  private static PutClient.Request importing(String externalId, @Nullable Long version) {
    return new PutClient.Request(ACCOUNT, "Name", null, false, externalId, null, version);
  }

  @Test
  void anExternalIdIsImportedForANewClientOnly_IfNobodyHasIt() {
    desk.list().with(new Client("555566667777", "Other", EXTERNAL_ID, false, false, Map.of(), 1));
    assertThat(put(importing(EXTERNAL_ID, null)))
        .isEqualTo(new AdminResult.Refused<>(Refusal.EXTERNAL_ID_TAKEN));
    assertThat(desk.list().made()).isZero();

    String old = "from-the-old-script-1";
    assertThat(done(importing(old, null)).client().value().externalId()).isEqualTo(old);
    assertThat(places(put(importing(old, 1L)))).containsExactly("/importExternalId");
    assertThat(put(importing(old, 2L))).isEqualTo(new AdminResult.Conflict<>(1));
  }

  @Test
  void aPutThatChangesNothingWritesNothing() {
    desk.list().with(client(Map.of(ROLE, verified()), 3));
    var names = new PutClient.Request(ACCOUNT, "Example Client", null, false, null, null, 3L);

    for (PutClient.Request same : List.of(request(3L, ROLE), names)) {
      assertThat(put(same))
          .isEqualTo(new AdminResult.Done<>(ChangedClient.unchanged(desk.client()), false));
    }
    assertThat(desk.list().made()).isZero();
    assertThat(desk.records()).isEmpty();
    assertThat(ChangedClient.unchanged(desk.client()).changed()).isFalse();
  }

  @Test
  void aChangeKeepsTheExternalIdAndWhatIsKnownOfTheRolesThatStay() {
    desk.list().with(client(Map.of(ROLE, verified()), 3));
    desk.clock().advance(Duration.ofMinutes(1));

    Stored<Client> changed = done(request(3L, ROLE, role("new"))).client();

    assertThat(changed.value().externalId()).isEqualTo(EXTERNAL_ID);
    assertThat(changed.value().version()).isEqualTo(4);
    assertThat(changed.value().roles())
        .containsExactly(
            Map.entry(ROLE, verified()),
            Map.entry(role("new"), awaited(Desk.START.plusSeconds(60))));
    assertThat(changed.createdBy()).isEqualTo("setup");
    assertThat(changed.updatedBy()).isEqualTo(ADMIN);
    assertThat(changed.updatedAt()).isEqualTo(Desk.START.plusSeconds(60).toString());
    assertThat(desk.records().getLast().subject().before()).contains("\"version\":3");
    assertThat(desk.records().getLast().subject().after()).contains("\"version\":4");
  }

  @Test
  void theNameAloneCanBeChanged() {
    desk.list().with(client(Map.of(ROLE, verified()), 3));
    var renamed = new PutClient.Request(ACCOUNT, "Renamed", null, false, null, null, 3L);

    assertThat(done(renamed).client().value().name()).isEqualTo("Renamed");
    assertThat(desk.roles()).isEqualTo(Map.of(ROLE, verified()));
  }

  @Test
  void whoChangesTheClientMeanwhileWins() {
    desk.list().with(client(Map.of(), 3));
    desk.list()
        .writing(
            (change, list) -> {
              list.with(client(Map.of(), 4));
              return list.write(change);
            });

    assertThat(put(request(3L, ROLE))).isEqualTo(new AdminResult.Conflict<>(4));
  }

  @Test
  void theGrantsOfRolesThatComeAndGoAreShown() {
    Grant old = grant(CALLER, role("old"), 1);
    Grant coming = grant(CALLER, role("new"), 1);
    Grant off = Desk.until(grant(new CallerArn(CALLER.value() + "2"), role("new"), 1), null, true);
    Grant over =
        Desk.until(grant(new CallerArn(CALLER.value() + "3"), role("new"), 1), Desk.START, false);
    Grant still =
        Desk.until(
            grant(new CallerArn(CALLER.value() + "4"), role("new"), 1),
            Desk.START.plusSeconds(1),
            false);
    desk.list().with(client(Map.of(role("old"), verified(), ROLE, verified()), 1));
    for (Grant one : List.of(old, coming, off, over, still, grant(CALLER, ROLE, 1))) {
      desk.list().with(one);
    }

    ChangedClient changed = done(request(1L, ROLE, role("new")));

    assertThat(changed.dangling()).isEqualTo(new Affected(List.of(old), false));
    assertThat(changed.waiting()).isEqualTo(new Affected(List.of(coming, still), false));
  }

  @Test
  void aRequestToActivateIsKeptWithWhoAskedForIt() {
    VendId id = desk.id();
    putClient().put(Desk.trace(id), activating(true, null), OWN);
    Awaited asked = new Awaited(Desk.START, new Activation(ADMIN, id.value()), null);
    assertThat(desk.roles()).containsExactly(Map.entry(ROLE, ClientRole.awaited(asked)));

    desk.clock().advance(Awaited.TIME.minusMillis(1));
    assertThat(done(activating(true, 1L)).changed()).as("asked already").isFalse();
    desk.clock().advance(Duration.ofMillis(1));
    assertThat(done(activating(true, 1L)).changed()).as("the time is over").isTrue();
    assertThat(desk.roles().get(ROLE)).isNotEqualTo(ClientRole.awaited(asked));
    assertThat(done(activating(null, 2L)).changed()).as("left as it is").isFalse();
    assertThat(done(activating(false, 2L)).changed()).isTrue();
    assertThat(desk.roles())
        .containsExactly(Map.entry(ROLE, awaited(Desk.START.plus(Awaited.TIME))));
    assertThat(done(activating(false, 3L)).changed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"verified", "drifted"})
  void aRoleThatIsKnownIsNotActivatedWithoutAnybodyLooking(String state) {
    ClientRole known = state.equals("verified") ? verified() : verified().drifted("a probe");
    desk.list().with(client(Map.of(ROLE, known), 1));

    assertThat(done(activating(true, 1L)).changed()).isFalse();
  }

  @Test
  void aNewRoleFromBeforeTheScheduleDidSoCanBeActivated() {
    desk.list().with(client(Map.of(ROLE, ClientRole.UNVERIFIED), 1));

    done(activating(true, 1L));

    assertThat(desk.roles().get(ROLE))
        .extracting(ClientRole::awaited)
        .extracting(Awaited::since)
        .isEqualTo(Desk.START);
  }

  @ParameterizedTest
  @CsvSource({"client, true", "lastVersion, true", "hasExternalId, true", "grants, false"})
  void whereTheAllowListCannotBeReadNothingIsChanged(String read, boolean unavailable) {
    desk.list().failing(read);
    AdminResult<ChangedClient> result =
        put(
            new PutClient.Request(
                ACCOUNT, "Name", List.of(ROLE), false, "from-the-old-script-1", null, null));

    if (unavailable) {
      assertThat(result).isEqualTo(new AdminResult.Unavailable<>());
      assertThat(desk.list().made()).isZero();
    } else {
      // The change is made; which grants wait for it can't be told.
      assertThat(((AdminResult.Done<ChangedClient>) result).value().waiting())
          .isEqualTo(new Affected(List.of(), true));
    }
  }

  /** The list of affected grants ends at a hundred, or after four seconds. */
  @Test
  void notAllAffectedGrantsAreListed() {
    desk.list().with(client(Map.of(role("a"), verified(), role("b"), verified()), 1));
    for (int i = 0; i < 101; i++) {
      desk.list().with(grant(new CallerArn(CALLER.value() + i), role(i < 60 ? "a" : "b"), 1));
    }
    Affected dangling = done(request(1L)).dangling();
    assertThat(dangling.grants()).hasSize(100);
    assertThat(dangling.more()).isTrue();
  }

  @Test
  void aHundredAffectedGrantsAreAllThereAre() {
    desk.list().with(client(Map.of(role("a"), verified()), 1));
    for (int i = 0; i < 100; i++) {
      desk.list().with(grant(new CallerArn(CALLER.value() + i), role("a"), 1));
    }
    assertThat(done(request(1L)).dangling().more()).isFalse();
    Map<RoleArn, ClientRole> roles = new LinkedHashMap<>();
    roles.put(role("a"), verified());
    roles.put(role("b"), verified());
    desk.list().with(client(roles, 1));
    assertThat(done(request(1L)).dangling().more()).as("role b was not looked at").isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3999, false", "4000, true"})
  void affectedGrantsAreReadForFourSeconds(long millis, boolean more) {
    desk.list().with(client(Map.of(role("a"), verified(), role("b"), verified()), 1));
    desk.list()
        .reading(
            (what, list) -> {
              if (what.equals("grants")) {
                desk.clock().advance(Duration.ofMillis(millis));
              }
            });

    assertThat(done(request(1L)).dangling()).isEqualTo(new Affected(List.of(), more));
  }

  @Test
  void aCorruptGrantIsMentioned() {
    desk.list().with(client(Map.of(ROLE, verified()), 1));
    desk.list().withDamaged("grant " + CALLER.value() + " " + ROLE.value());

    assertThat(done(request(1L)).dangling()).isEqualTo(new Affected(List.of(), true));
  }
}

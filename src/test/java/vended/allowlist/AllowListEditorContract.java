package vended.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Page;
import vended.allowlist.read.AllowListPages.Selection;
import vended.allowlist.read.HoldPages;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.allowlist.write.GrantSlot;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** What every editor does: what is written is read again, and only if nobody was faster. */
public abstract class AllowListEditorContract {
  protected static final CallerArn CALLER =
      new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  protected static final String ACCOUNT = "444455556666";
  protected static final String AT = "2026-01-02T03:04:05Z";
  private static final String OTHER_ACCOUNT = "555566667777";
  private static final String EXTERNAL_ID = "0123456789abcdef";
  private static final String OTHER_ID = "fedcba9876543210";

  protected abstract AllowListEditor editor();

  protected abstract AllowListPages pages();

  protected static RoleArn role(String name) {
    return new RoleArn("arn:aws:iam::444455556666:role/vended/" + name);
  }

  protected static Client client(String account, Map<RoleArn, ClientRole> roles) {
    return new Client(account, "Name", EXTERNAL_ID, false, false, roles, 1);
  }

  protected static Grant bare(RoleArn role) {
    return grant(role, 1);
  }

  private static Grant grant(RoleArn role, long version) {
    return new Grant(
        CALLER, role, null, 3600, null, List.of(), Map.of(), null, null, false, null, version);
  }

  protected static Change made(Stored<Client> next) {
    return new Change.PutClient(new Expected.Absent(), next);
  }

  private static <T> Stored<T> stored(T value) {
    return Stored.made(value, AT, "somebody");
  }

  private void done(Change change) throws AllowListException {
    assertThat(editor().make(change)).isEqualTo(new Change.Done());
  }

  private Stored<Client> aClient() throws AllowListException {
    Stored<Client> first = stored(client(ACCOUNT, Map.of()));
    done(made(first));
    return first;
  }

  private GrantSlot slot() throws AllowListException {
    return editor().slot(CALLER, role("a"));
  }

  @Test
  void whatWasNeverWrittenIsMissing() throws Exception {
    assertThat(editor().client(ACCOUNT)).isEqualTo(new Row.Missing<>());
    assertThat(editor().grant(CALLER, role("a"))).isEqualTo(new Row.Missing<>());
    assertThat(editor().hold(ACCOUNT)).isEqualTo(new Row.Missing<>());
    assertThat(editor().rotation(ACCOUNT)).isEqualTo(new Row.Missing<>());
    assertThat(editor().vendingSwitch()).isEqualTo(new Row.Missing<>());
    assertThat(editor().lastVersion(ACCOUNT)).isZero();
    assertThat(editor().lastSuspension(ACCOUNT)).isEmpty();
    assertThat(slot()).isEqualTo(new GrantSlot(new Row.Missing<>(), new Expected.Absent()));
  }

  @Test
  void aClientIsReadAsItWasWritten() throws Exception {
    ClientRole safe = ClientRole.verified(Instant.parse(AT), "probe", true, false);
    var asked = new ClientRole.Activation("somebody", "01JZ0000000000000000000000");
    Map<RoleArn, ClientRole> roles =
        Map.of(
            role("safe"),
            safe,
            role("new"),
            ClientRole.UNVERIFIED,
            role("awaited"),
            ClientRole.awaited(new ClientRole.Awaited(Instant.parse(AT), asked, null)),
            role("drifted"),
            safe.drifted("later probe"));
    Stored<Client> kept = stored(client(ACCOUNT, roles));

    done(made(kept));

    assertThat(editor().client(ACCOUNT)).isEqualTo(new Row.Found<>(kept));
  }

  @Test
  void aGrantIsReadAsItWasWritten_WithAllOrWithNothing() throws Exception {
    Instant time = Instant.parse(AT);
    Grant full =
        new Grant(
            CALLER,
            role("a"),
            "AROAEXAMPLEDEPLOYER1",
            900,
            "{}",
            List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
            Map.of("team", "blue"),
            time,
            time.plusSeconds(1),
            true,
            "For a test",
            1);
    for (Grant grant : List.of(full, bare(role("b")))) {
      Stored<Grant> kept = stored(grant);
      done(new Change.PutGrant(editor().slot(CALLER, grant.role()), kept));

      assertThat(editor().grant(CALLER, grant.role())).isEqualTo(new Row.Found<>(kept));
    }
  }

  @Test
  void whoComesSecondIsToldTheVersionThatIsThere() throws Exception {
    Stored<Client> first = stored(client(ACCOUNT, Map.of()));
    Stored<Client> second = first.changed(first.value().withSuspended(true), AT, "other");
    done(made(first));

    assertThat(editor().make(made(first))).isEqualTo(new Change.Conflict(1));
    done(new Change.PutClient(Expected.of(first), second));
    for (Change change :
        List.of(
            new Change.PutClient(Expected.of(first), second),
            new Change.SuspendClient(Expected.of(first), second),
            new Change.RemoveClient(first),
            new Change.Rotate(first, second, null, null))) {
      assertThat(editor().make(change)).as("%s", change).isEqualTo(new Change.Conflict(2));
    }
    assertThat(editor().client(ACCOUNT)).isEqualTo(new Row.Found<>(second));
    assertThat(editor().lastSuspension(ACCOUNT)).isEmpty();
  }

  @Test
  void aRowThatIsGoneHasNoVersion() throws Exception {
    Stored<Client> never = stored(client(ACCOUNT, Map.of()));
    GrantSlot slot = new GrantSlot(new Row.Found<>(stored(bare(role("a")))), new Expected.Absent());

    assertThat(editor().make(new Change.PutClient(Expected.of(never), never)))
        .isEqualTo(new Change.Conflict(0));
    assertThat(editor().make(new Change.RemoveGrant(CALLER, role("a"), slot)))
        .isEqualTo(new Change.Conflict(0));
  }

  @Test
  void anExternalIdIsOneClients_AlsoWhereNobodyLooked() throws Exception {
    aClient();

    Stored<Client> other = stored(client(OTHER_ACCOUNT, Map.of()));
    assertThat(editor().make(made(other))).isEqualTo(new Change.ExternalIdTaken());
    assertThat(editor().client(OTHER_ACCOUNT)).isEqualTo(new Row.Missing<>());
    assertThat(pages().hasExternalId(EXTERNAL_ID)).isTrue();
    assertThat(pages().hasExternalId("0123456789abcdee")).isFalse();
  }

  @Test
  void eachSuspensionHasAMarkOfItsOwn() throws Exception {
    Stored<Client> first = aClient();
    Stored<Client> second = first.changed(first.value().withSuspended(true), AT, "other");
    done(new Change.SuspendClient(Expected.of(first), second));
    String mark = editor().lastSuspension(ACCOUNT);
    Stored<Client> third = second.changed(second.value().withSuspended(false), AT, "other");
    done(new Change.PutClient(Expected.of(second), third));

    assertThat(mark).isNotEmpty();
    assertThat(editor().lastSuspension(ACCOUNT)).isEqualTo(mark);
    done(
        new Change.SuspendClient(
            Expected.of(third), third.changed(third.value().withSuspended(true), AT, "other")));
    assertThat(editor().lastSuspension(ACCOUNT)).isNotEqualTo(mark).isNotEmpty();
  }

  @Test
  void aRemovedClientLeavesItsVersionAndItsExternalId_AndNoRotation() throws Exception {
    Stored<Client> first = aClient();
    Stored<Client> second = first.changed(first.value().withRoles(Map.of()), AT, "other");
    done(new Change.Rotate(first, second, stored(rotation(OTHER_ID)), OTHER_ID));

    done(new Change.RemoveClient(second));

    assertThat(editor().client(ACCOUNT)).isEqualTo(new Row.Missing<>());
    assertThat(editor().rotation(ACCOUNT)).isEqualTo(new Row.Missing<>());
    assertThat(editor().lastVersion(ACCOUNT)).isEqualTo(2);
    for (String used : List.of(EXTERNAL_ID, OTHER_ID)) {
      Client again = new Client(OTHER_ACCOUNT, "Name", used, false, false, Map.of(), 1);
      assertThat(editor().make(made(stored(again)))).isEqualTo(new Change.ExternalIdTaken());
    }
  }

  private static Rotation rotation(String externalId) {
    return new Rotation(ACCOUNT, externalId, false);
  }

  @Test
  void aRotationIsReadAsItWasWritten_AndEnds() throws Exception {
    Stored<Client> first = aClient();
    Stored<Client> second = first.changed(first.value().withRoles(Map.of()), AT, "other");
    Stored<Rotation> rotation = stored(rotation(OTHER_ID));
    done(new Change.Rotate(first, second, rotation, OTHER_ID));

    assertThat(editor().client(ACCOUNT)).isEqualTo(new Row.Found<>(second));
    assertThat(editor().rotation(ACCOUNT)).isEqualTo(new Row.Found<>(rotation));
    assertThat(pages().rotations()).isEqualTo(Map.of(ACCOUNT, new Row.Found<>(rotation)));
    Stored<Client> third = second.changed(second.value().withRoles(Map.of()), AT, "other");
    done(new Change.Rotate(second, third, null, null));
    assertThat(editor().rotation(ACCOUNT)).isEqualTo(new Row.Missing<>());
    assertThat(pages().rotations()).isEmpty();
  }

  @Test
  void aRotationDoesNotTakeAnExternalIdThatSomebodyHas() throws Exception {
    Stored<Client> first = aClient();
    Client other = new Client(OTHER_ACCOUNT, "Name", OTHER_ID, false, false, Map.of(), 1);
    done(made(stored(other)));
    Stored<Client> second = first.changed(first.value().withRoles(Map.of()), AT, "other");

    assertThat(
            editor().make(new Change.Rotate(first, second, stored(rotation(OTHER_ID)), OTHER_ID)))
        .isEqualTo(new Change.ExternalIdTaken());
    assertThat(editor().client(ACCOUNT)).isEqualTo(new Row.Found<>(first));
    assertThat(editor().rotation(ACCOUNT)).isEqualTo(new Row.Missing<>());
  }

  @Test
  void aGrantsSlotKeepsItsLastVersion() throws Exception {
    GrantSlot empty = slot();
    done(new Change.PutGrant(empty, stored(grant(role("a"), 1))));
    GrantSlot first = slot();
    assertThat(first.highest()).isEqualTo(1);
    assertThat(editor().make(new Change.PutGrant(empty, stored(grant(role("a"), 1)))))
        .isEqualTo(new Change.Conflict(1));

    done(new Change.RemoveGrant(CALLER, role("a"), first));
    assertThat(slot()).isEqualTo(new GrantSlot(new Row.Missing<>(), new Expected.Version(1)));
    assertThat(editor().make(new Change.PutGrant(empty, stored(grant(role("a"), 1)))))
        .as("nobody knows of the grant in between")
        .isEqualTo(new Change.Conflict(0));
    done(new Change.PutGrant(slot(), stored(grant(role("a"), 2))));
    assertThat(editor().make(new Change.RemoveGrant(CALLER, role("a"), first)))
        .isEqualTo(new Change.Conflict(2));
    assertThat(slot().highest()).isEqualTo(2);
  }

  @Test
  void theSwitchIsReadAsItWasWritten() throws Exception {
    Stored<Vending> stopped = stored(Vending.UNUSED.next(true));
    Change stop = new Change.PutSwitch(new Expected.Absent(), stopped);
    done(stop);

    assertThat(editor().vendingSwitch().map(Stored::value))
        .isEqualTo(new Row.Found<>(stopped.value()));
    assertThat(editor().make(stop)).isEqualTo(new Change.Conflict(1));
    done(
        new Change.PutSwitch(
            new Expected.Version(1), stopped.changed(new Vending(false, 2), AT, "other")));
    assertThat(Vending.state(editor().vendingSwitch())).isEqualTo("running");
  }

  @Test
  void aClientsOwnSuspensionIsReadAsItWasWritten_AndListed() throws Exception {
    Stored<Hold> first = stored(Hold.unused(ACCOUNT).next(true));
    Change change = new Change.PutHold(new Expected.Absent(), first);

    done(change);
    assertThat(editor().make(change)).isEqualTo(new Change.Conflict(1));

    assertThat(editor().hold(ACCOUNT)).isEqualTo(new Row.Found<>(first));
    assertThat(pages().holds()).isEqualTo(Map.of(ACCOUNT, new Row.Found<>(first)));
    assertThat(HoldPages.standing(pages().holds())).containsExactly(ACCOUNT);
    done(
        new Change.PutHold(
            new Expected.Version(1), first.changed(first.value().next(false), AT, "it")));
    assertThat(HoldPages.standing(pages().holds())).isEmpty();
  }

  @Test
  void listsComePageByPage() throws Exception {
    for (String account : List.of("333333333333", "111111111111", "222222222222")) {
      done(made(stored(new Client(account, "N", account + "-id-x", false, false, Map.of(), 1))));
    }
    for (String name : List.of("c", "a", "b")) {
      done(new Change.PutGrant(editor().slot(CALLER, role(name)), stored(bare(role(name)))));
    }

    Page<Client, String> clients = pages().clients(null, 2);
    assertThat(clients.rows()).extracting(one -> one.value().account()).hasSize(2);
    assertThat(clients.last()).isEqualTo("222222222222");
    assertThat(pages().clients(clients.last(), 2).rows())
        .extracting(one -> one.value().account())
        .containsExactly("333333333333");
    assertThat(pages().clients(clients.last(), 2).last()).isNull();
    String first = grants(new Selection.All(), null);
    GrantKey last = new GrantKey(CALLER, role(first.substring(1)));
    assertThat(first + grants(new Selection.All(), last))
        .as("a caller's are in no order here")
        .hasSize(3)
        .contains("a", "b", "c");
    assertThat(grants(new Selection.OfCaller(CALLER), null)).isEqualTo("ab");
    assertThat(grants(new Selection.OfCaller(CALLER), new GrantKey(CALLER, role("b"))))
        .isEqualTo("c");
    assertThat(grants(new Selection.OfRole(role("b")), null)).isEqualTo("b");
  }

  private String grants(Selection of, @Nullable GrantKey after) throws AllowListException {
    StringBuilder names = new StringBuilder();
    for (Stored<Grant> grant : pages().grants(of, after, 2).rows()) {
      names.append(grant.value().role().name());
    }
    return names.toString();
  }

  @Test
  void aRoleThatNoClientHasIsDangling() throws Exception {
    done(made(stored(client(ACCOUNT, Map.of(role("a"), ClientRole.UNVERIFIED)))));
    RoleArn stranger = new RoleArn("arn:aws:iam::555566667777:role/vended/a");

    assertThat(pages().dangling(Set.of(role("a"), role("b"), stranger)))
        .containsExactlyInAnyOrder(role("b"), stranger);
  }
}

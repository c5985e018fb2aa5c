package vended.allowlist.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.HoldPages;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.allowlist.write.GrantSlot;
import vended.identity.CallerArn;
import vended.identity.RoleArn;
import vended.local.Tables;
import vended.local.TestStack;
import vended.local.TestTables;

/** What is written is read again as it was, and only if nobody was faster. */
@ExtendWith(TestTables.class)
class DynamoAllowListEditorTest {
  private static final CallerArn CALLER = new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  private static final String ACCOUNT = "444455556666";
  private static final String AT = "2026-01-02T03:04:05Z";

  private static final Tables tables = TestTables.tables();
  private static final String table = TestTables.name("AllowListTable");

  private static AllowListEditor editor() {
    return new DynamoAllowListEditor(tables.client(), table, TestStack.PATIENT.dynamoDbAgain());
  }

  private static RoleArn role(String name) {
    return new RoleArn("arn:aws:iam::444455556666:role/vended/" + name);
  }

  private static Client client(String account, Map<RoleArn, ClientRole> roles) {
    return new Client(account, "Name", "0123456789abcdef", false, false, roles, 1);
  }

  private static Grant bare(RoleArn role) {
    return new Grant(
        CALLER, role, null, 3600, null, List.of(), Map.of(), null, null, false, null, 1);
  }

  private static Change made(Stored<Client> next) {
    return new Change.PutClient(new Expected.Absent(), next);
  }

  @Test
  void aClientIsReadAsItWasWritten_ByVendsToo() throws Exception {
    ClientRole safe = ClientRole.verified(Instant.parse(AT), "probe", true, false);
    Map<RoleArn, ClientRole> roles =
        Map.of(
            role("safe"),
            safe,
            role("new"),
            ClientRole.UNVERIFIED,
            role("drifted"),
            safe.drifted("later probe"));
    Stored<Client> kept = Stored.made(client(ACCOUNT, roles), AT, "somebody");

    assertThat(editor().make(made(kept))).isEqualTo(new Change.Done());

    assertThat(editor().client(ACCOUNT)).isEqualTo(new Row.Found<>(kept));
    var entry =
        new DynamoAllowList(tables.client(), table, TestStack.PATIENT.dynamoDbAgain())
            .find(CALLER, role("safe"));
    assertThat(entry.client()).isEqualTo(new Row.Found<>(kept.value()));
    assertThat(kept.value().verified(role("safe"))).isEqualTo(safe.verified());
    assertThat(kept.value().verified(role("new"))).isNull();
    assertThat(kept.value().verified(role("drifted"))).isNull();
  }

  @Test
  void aRoleOfAnotherAccountMakesAClientCorruptForAdministrators() throws Exception {
    Stored<Client> sound = Stored.made(client(ACCOUNT, Map.of()), AT, "somebody");
    Map<String, AttributeValue> item = new HashMap<>(DynamoClientRow.write(sound));
    AttributeValue unverified = AttributeValue.fromM(Map.of());
    item.put("roles", AttributeValue.fromM(Map.of("arn:aws:iam::777788889999:role/x", unverified)));
    tables.client().putItem(call -> call.tableName(table).item(item));

    String fault = "client row: roles must be in the client's account";
    assertThat(editor().client(ACCOUNT)).isEqualTo(new Row.Corrupt<>(fault));
    var page =
        new DynamoAllowListPages(tables.client(), table, TestStack.PATIENT.dynamoDbAgain())
            .clients(null, 10);
    assertThat(page.corrupt()).containsExactly("account#%s client: %s".formatted(ACCOUNT, fault));
    var forVends =
        new DynamoAllowList(tables.client(), table, TestStack.PATIENT.dynamoDbAgain())
            .clientOf(role("a"))
            .client();
    assertThat(forVends).isEqualTo(new Row.Found<>(sound.value()));
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
      Stored<Grant> kept = Stored.made(grant, AT, "somebody");
      editor().make(new Change.PutGrant(editor().slot(CALLER, grant.role()), kept));

      assertThat(editor().grant(CALLER, grant.role())).isEqualTo(new Row.Found<>(kept));
      var entry =
          new DynamoAllowList(tables.client(), table, TestStack.PATIENT.dynamoDbAgain())
              .find(CALLER, grant.role());
      assertThat(entry.grant()).isEqualTo(new Row.Found<>(grant));
    }
  }

  @Test
  void theSwitchIsReadAsItWasWritten() throws Exception {
    assertThat(editor().vendingSwitch()).isEqualTo(new Row.Missing<>());
    Vending stopped = Vending.UNUSED.next(true);
    editor()
        .make(new Change.PutSwitch(new Expected.Absent(), Stored.made(stopped, AT, "somebody")));

    assertThat(editor().vendingSwitch())
        .isInstanceOfSatisfying(
            Row.Found.class,
            found -> assertThat(((Stored<?>) found.value()).value()).isEqualTo(stopped));
  }

  @Test
  void aClientsOwnSuspensionIsReadAsItWasWritten_AndListed() throws Exception {
    Hold hold = Hold.unused(ACCOUNT).next(true);
    Stored<Hold> first = Stored.made(hold, AT, "the client");
    Change change = new Change.PutHold(new Expected.Absent(), first);
    var pages = new DynamoAllowListPages(tables.client(), table, TestStack.PATIENT.dynamoDbAgain());
    assertThat(editor().hold(ACCOUNT)).isEqualTo(new Row.Missing<>());

    assertThat(editor().make(change)).isEqualTo(new Change.Done());
    assertThat(editor().make(change)).isEqualTo(new Change.Conflict(1));

    assertThat(editor().hold(ACCOUNT)).isEqualTo(new Row.Found<>(first));
    assertThat(pages.holds()).isEqualTo(Map.of(ACCOUNT, new Row.Found<>(first)));
    assertThat(HoldPages.standing(pages.holds())).containsExactly(ACCOUNT);
    AllowList list = new DynamoAllowList(tables.client(), table, TestStack.PATIENT.dynamoDbAgain());
    assertThat(list.find(CALLER, role("a")).hold()).isEqualTo(new Row.Found<>(hold));
    assertThat(list.clientOf(role("a")).hold()).isEqualTo(new Row.Found<>(hold));
    assertThat(list.clientsOf(Set.of(ACCOUNT)).owners().get(ACCOUNT))
        .isEqualTo(new AllowList.Owner(new Row.Missing<>(), new Row.Found<>(hold)));
    editor()
        .make(
            new Change.PutHold(new Expected.Version(1), first.changed(hold.next(false), AT, "it")));
    assertThat(HoldPages.standing(pages.holds())).isEmpty();
  }

  @Test
  void whoComesSecondIsToldTheVersionThatIsThere() throws Exception {
    Stored<Client> first = Stored.made(client(ACCOUNT, Map.of()), AT, "somebody");
    Stored<Client> second = first.changed(first.value().withSuspended(true), AT, "other");
    editor().make(made(first));

    assertThat(editor().make(made(first))).isEqualTo(new Change.Conflict(1));
    assertThat(editor().make(new Change.PutClient(Expected.of(first), second)))
        .isEqualTo(new Change.Done());
    assertThat(editor().make(new Change.PutClient(Expected.of(first), second)))
        .isEqualTo(new Change.Conflict(2));
    GrantSlot slot =
        new GrantSlot(
            new Row.Found<>(Stored.made(bare(role("a")), AT, "somebody")), new Expected.Absent());
    assertThat(editor().make(new Change.RemoveGrant(CALLER, role("a"), slot)))
        .isEqualTo(new Change.Conflict(0));
  }

  @Test
  void anExternalIdIsOneClients_AlsoWhereNobodyLooked() throws Exception {
    editor().make(made(Stored.made(client(ACCOUNT, Map.of()), AT, "somebody")));

    Stored<Client> other = Stored.made(client("555566667777", Map.of()), AT, "somebody");
    assertThat(editor().make(made(other))).isEqualTo(new Change.ExternalIdTaken());
    assertThat(editor().client("555566667777")).isEqualTo(new Row.Missing<>());
    var pages = new DynamoAllowListPages(tables.client(), table, TestStack.PATIENT.dynamoDbAgain());
    assertThat(pages.hasExternalId("0123456789abcdef")).isTrue();
    assertThat(pages.hasExternalId("0123456789abcdee")).isFalse();
  }
}

package vended.allowlist.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.allowlist.AllowListEditorContract;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowListPages;
import vended.allowlist.write.AllowListEditor;
import vended.allowlist.write.Change;
import vended.allowlist.write.Change.Expected;
import vended.identity.RoleArn;
import vended.local.Tables;
import vended.local.TestStack;
import vended.local.TestTables;

/** What is written is what vends read, too. */
@ExtendWith(TestTables.class)
class DynamoAllowListEditorTest extends AllowListEditorContract {
  private static final Tables tables = TestTables.tables();
  private static final String table = TestTables.name("AllowListTable");

  @Override
  protected AllowListEditor editor() {
    return new DynamoAllowListEditor(tables.client(), table, TestStack.PATIENT.dynamoDbAgain());
  }

  @Override
  protected AllowListPages pages() {
    return new DynamoAllowListPages(tables.client(), table, TestStack.PATIENT.dynamoDbAgain());
  }

  private static AllowList forVends() {
    return new DynamoAllowList(tables.client(), table, TestStack.PATIENT.dynamoDbAgain());
  }

  @Test
  void aVendReadsAClientAsItWasWritten() throws Exception {
    ClientRole safe = ClientRole.verified(Instant.parse(AT), "probe", true, false);
    Map<RoleArn, ClientRole> roles =
        Map.of(
            role("safe"),
            safe,
            role("new"),
            ClientRole.UNVERIFIED,
            role("drifted"),
            safe.drifted("later probe"));
    Client client = client(ACCOUNT, roles);
    editor().make(made(Stored.made(client, AT, "somebody")));

    assertThat(forVends().find(CALLER, role("safe")).client()).isEqualTo(new Row.Found<>(client));
    assertThat(client.verified(role("safe"))).isEqualTo(safe.verified());
    assertThat(client.verified(role("new"))).isNull();
    assertThat(client.verified(role("drifted"))).isNull();
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
    assertThat(pages().clients(null, 10).corrupt())
        .containsExactly("account#%s client: %s".formatted(ACCOUNT, fault));
    assertThat(forVends().clientOf(role("a")).client()).isEqualTo(new Row.Found<>(sound.value()));
  }

  @Test
  void aVendReadsAGrantAsItWasWritten() throws Exception {
    Grant grant = bare(role("b"));
    Stored<Grant> kept = Stored.made(grant, AT, "somebody");
    editor().make(new Change.PutGrant(editor().slot(CALLER, grant.role()), kept));

    assertThat(forVends().find(CALLER, grant.role()).grant()).isEqualTo(new Row.Found<>(grant));
  }

  @Test
  void aVendReadsAClientsOwnSuspensionAsItWasWritten() throws Exception {
    Hold hold = Hold.unused(ACCOUNT).next(true);
    editor().make(new Change.PutHold(new Expected.Absent(), Stored.made(hold, AT, "the client")));

    AllowList list = forVends();
    assertThat(list.find(CALLER, role("a")).hold()).isEqualTo(new Row.Found<>(hold));
    assertThat(list.clientOf(role("a")).hold()).isEqualTo(new Row.Found<>(hold));
    assertThat(list.clientsOf(Set.of(ACCOUNT)).owners().get(ACCOUNT))
        .isEqualTo(new AllowList.Owner(new Row.Missing<>(), new Row.Found<>(hold)));
  }
}

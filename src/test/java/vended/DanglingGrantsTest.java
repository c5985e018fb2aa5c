package vended;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import vended.Administrator.Answer;
import vended.local.AllowListRows;
import vended.local.FaultyProxy;
import vended.local.Items;
import vended.local.LocalStack;
import vended.local.TestStack;

/** Grants of a role that its client no longer has, and what becomes of them if it comes back. */
class DanglingGrantsTest {
  private static final String OTHER = Administrator.ROLE + "2";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @AutoClose private static final Administrator admin = new Administrator(stack);

  private String externalId = "";

  @BeforeEach
  void aRoleWithAGrant() throws Exception {
    externalId = admin.putVerifiedClient();
    grant(Administrator.CALLER, false);
  }

  @Test
  void removingARoleListsTheGrantsThatRemain() throws Exception {
    grant(Administrator.CALLER + "2", true);

    Answer removed = putRoles(List.of(OTHER));

    assertThat(removed.at("danglingGrants"))
        .isEqualTo(
            List.of(
                Map.of("caller", Administrator.CALLER, "roleArn", Administrator.ROLE),
                Map.of(
                    "caller",
                    Administrator.CALLER + "2",
                    "roleArn",
                    Administrator.ROLE,
                    "disabled",
                    true)));
    assertThat(removed.body()).doesNotContainKeys("waitingGrants", "moreGrants");
  }

  @Test
  void listsShowSuchGrantsAsDangling() throws Exception {
    putRoles(List.of(OTHER));

    for (Map<String, String> selection :
        List.of(Map.of("caller", Administrator.CALLER), Map.of("roleArn", Administrator.ROLE))) {
      assertThat(admin.post("/grants/list", selection).at("grants/0/dangling")).isEqualTo(true);
    }
    Answer all = admin.post("/grants/list", Map.of());
    assertThat((List<?>) Objects.requireNonNull(all.at("grants")))
        .filteredOn(grant -> ((Map<?, ?>) grant).get("dangling") != null)
        .hasSize(1);
    assertThat(admin.post("/grants/list", Map.of("format", "table")).text("table").lines())
        .filteredOn(line -> line.contains("enabled, dangling"))
        .singleElement()
        .asString()
        .contains(Administrator.CALLER);
  }

  @Test
  void aGrantWithoutAClientDangles_AndOneOfAClientThatCantBeReadIsNotToldToBe() throws Exception {
    var key =
        stack.tables().rows(stack.allowListTable()).stream()
            .filter(row -> Items.text(row, "pk").equals("account#" + Administrator.ACCOUNT))
            .filter(row -> Items.text(row, "sk").equals("client"))
            .findFirst()
            .orElseThrow();
    var broken = new HashMap<>(key);
    broken.remove("roles");
    stack.tables().client().putItem(c -> c.tableName(stack.allowListTable()).item(broken));
    Map<String, String> ofRole = Map.of("roleArn", Administrator.ROLE);
    assertThat(admin.post("/grants/list", ofRole).at("grants/0/dangling")).isNull();

    stack
        .tables()
        .client()
        .deleteItem(
            c ->
                c.tableName(stack.allowListTable())
                    .key(Map.of("pk", Items.value(key, "pk"), "sk", Items.value(key, "sk"))));
    assertThat(admin.post("/grants/list", ofRole).at("grants/0/dangling")).isEqualTo(true);
  }

  @Test
  void addingTheRoleAgainListsTheGrantsThatWait_AndVerifyingItThoseThatWorkAgain()
      throws Exception {
    grant(Administrator.CALLER + "2", true);
    putRoles(List.of(OTHER));

    Answer added = putRoles(List.of(Administrator.ROLE));
    List<Map<String, String>> waiting =
        List.of(Map.of("caller", Administrator.CALLER, "roleArn", Administrator.ROLE));
    assertThat(added.at("waitingGrants")).isEqualTo(waiting);
    assertThat(added.at("client/roles/0/verified")).isEqualTo(false);

    Answer verified = admin.verify(externalId);
    assertThat(verified.status()).isEqualTo(200);
    assertThat(verified.at("activeGrants")).isEqualTo(waiting);
    assertThat(admin.verify(externalId).body()).doesNotContainKey("activeGrants");
  }

  @Test
  void aHundredAreListed_AndThatThereAreMoreIsSaid() throws Exception {
    stack
        .tables()
        .put(
            stack.allowListTable(),
            IntStream.range(0, 100)
                .mapToObj(i -> "arn:aws:iam::111122223333:role/Many" + i)
                .map(c -> AllowListRows.grant(c, "AROAMANY", Administrator.ROLE, Instant.now()))
                .toList());

    Answer removed = putRoles(List.of());

    assertThat((List<?>) Objects.requireNonNull(removed.at("danglingGrants"))).hasSize(100);
    assertThat(removed.at("moreGrants")).isEqualTo(true);
  }

  @Test
  void aRoleIsRemovedThoughItsGrantsCantBeListed() throws Exception {
    var denied = FaultyProxy.Answer.dynamoError(400, "AccessDeniedException");
    stack.tablesProxy().fault("Query", "by-role", denied);

    Answer removed = putRoles(List.of());

    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.at("moreGrants")).isEqualTo(true);
  }

  private static void grant(String caller, boolean disabled) throws Exception {
    Answer put =
        admin.post(
            "/grants/put",
            Map.of(
                "caller",
                caller,
                "roleArn",
                Administrator.ROLE,
                "unpinned",
                true,
                "disabled",
                disabled));
    assertThat(put.status()).as("%s", put.body()).isEqualTo(200);
  }

  private static Answer putRoles(List<String> roles) throws Exception {
    Object version =
        Objects.requireNonNull(
            admin
                .post("/clients/list", Map.of("account", Administrator.ACCOUNT))
                .at("client/version"));
    return admin.post(
        "/clients/put",
        Map.of(
            "account",
            Administrator.ACCOUNT,
            "name",
            "Another Client",
            "roles",
            roles,
            "version",
            version));
  }
}

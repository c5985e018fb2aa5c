package vended.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.CALLER;
import static vended.admin.change.Desk.EXTERNAL_ID;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.grant;
import static vended.admin.change.Desk.role;
import static vended.admin.change.Desk.verified;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.ListAllowList.Listed;
import vended.admin.change.AdminResult;
import vended.admin.change.Desk;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Row;
import vended.allowlist.Stored;
import vended.allowlist.Vending;
import vended.allowlist.read.AllowListPages.GrantKey;
import vended.allowlist.read.AllowListPages.Selection;
import vended.identity.RoleArn;

/** What administrators are shown, and what a new client is told. */
class ListsInMemoryTest {
  private static final String NOW = "2026-01-01T00:00:00Z";
  private static final Stored<Rotation> ROTATION =
      Stored.made(new Rotation(ACCOUNT, "fedcba9876543210", false), NOW, "setup");

  private final Desk desk = new Desk();
  private final ListAllowList lists = new ListAllowList(desk.list(), desk.list());

  private void hold(boolean suspended) {
    desk.list().with("hold " + ACCOUNT, Stored.made(new Hold(ACCOUNT, suspended, 1), NOW, "setup"));
  }

  @Test
  void aClientIsShownWithItsOwnSuspensionAndItsRotation() {
    desk.list().with(client(Map.of(ROLE, verified()), 1));
    assertThat(lists.client(ACCOUNT))
        .isEqualTo(new AdminResult.Done<>(new Listed(desk.client(), false, null)));
    hold(true);
    desk.list().with("rotation " + ACCOUNT, ROTATION);

    assertThat(lists.client(ACCOUNT))
        .isEqualTo(new AdminResult.Done<>(new Listed(desk.client(), true, ROTATION)));
    hold(false);
    assertThat(lists.client(ACCOUNT))
        .isEqualTo(new AdminResult.Done<>(new Listed(desk.client(), false, ROTATION)));
    assertThat(desk.records()).isEmpty();
  }

  @Test
  void aClientThatIsNotThereOrCannotBeReadIsNotShown() {
    assertThat(lists.client(ACCOUNT)).isEqualTo(new AdminResult.Refused<>(Refusal.NO_CLIENT));
    desk.list().with(client(Map.of(), 1)).withDamaged("rotation " + ACCOUNT);
    assertThat(lists.client(ACCOUNT)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
    desk.list().withDamaged("client " + ACCOUNT);
    assertThat(lists.client(ACCOUNT)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
  }

  private static <T> T done(AdminResult<T> result) {
    return ((AdminResult.Done<T>) result).value();
  }

  @Test
  void clientsAreListedWithTheSwitchTheirSuspensionsAndRotations() {
    desk.list().with(client(Map.of(), 1));
    desk.list().with(new Client("555566667777", "B", EXTERNAL_ID, false, false, Map.of(), 1));
    Stored<Vending> stopped = Stored.made(new Vending(true, 1), NOW, "setup");
    desk.list().with("switch", stopped).with("rotation " + ACCOUNT, ROTATION);
    hold(true);

    ListAllowList.Clients first = done(lists.clients(null, 1));
    assertThat(first.page().rows()).containsExactly(desk.client());
    assertThat(first.vending()).isEqualTo(new Row.Found<>(stopped));
    assertThat(first.held()).isEqualTo(Set.of(ACCOUNT));
    assertThat(first.rotations()).isEqualTo(Map.of(ACCOUNT, new Row.Found<>(ROTATION)));
    ListAllowList.Clients second = done(lists.clients(first.page().last(), 1));
    assertThat(second.page().rows()).extracting(one -> one.value().name()).containsExactly("B");
    assertThat(second.page().last()).isNull();
  }

  @Test
  void grantsAreListedWithTheRolesThatNoClientHas() {
    desk.list().with(client(Map.of(ROLE, verified()), 1));
    desk.list().with(grant(CALLER, ROLE, 1)).with(grant(CALLER, role("gone"), 1));

    ListAllowList.Grants all = done(lists.grants(new Selection.All(), null, 10));
    assertThat(all.page().rows())
        .extracting(one -> one.value().role())
        .containsExactly(ROLE, role("gone"));
    assertThat(all.dangling()).isEqualTo(Set.of(role("gone")));
    GrantKey first = new GrantKey(CALLER, ROLE);
    assertThat(done(lists.grants(new Selection.OfCaller(CALLER), first, 10)).page().rows())
        .hasSize(1);
    assertThat(done(lists.grants(new Selection.OfRole(ROLE), null, 10)).dangling()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clients", "holds", "rotations", "vendingSwitch"})
  void whereTheAllowListCannotBeReadNoClientsAreListed(String read) {
    desk.list().failing(read);
    assertThat(lists.clients(null, 10)).isEqualTo(new AdminResult.Unavailable<>());
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "hold", "rotation"})
  void whereTheAllowListCannotBeReadNoClientIsShown(String read) {
    desk.list().with(client(Map.of(), 1)).failing(read);
    assertThat(lists.client(ACCOUNT)).isEqualTo(new AdminResult.Unavailable<>());
  }

  @ParameterizedTest
  @ValueSource(strings = {"grants", "dangling"})
  void whereTheAllowListCannotBeReadNoGrantsAreListed(String read) {
    desk.list().failing(read);
    assertThat(lists.grants(new Selection.All(), null, 10))
        .isEqualTo(new AdminResult.Unavailable<>());
  }

  // ---- what a new client is told ----

  private static Onboarding onboarding(String partition, @Nullable String templateUrl) {
    RoleArn vendor =
        new RoleArn("arn:%s:iam::111122223333:role/vended-vendor".formatted(partition));
    return new Onboarding(vendor, "eu-west-1", templateUrl, true);
  }

  @Test
  void aClientsStackIsMadeByALink() {
    Onboarding onboarding = onboarding("aws", "https://example.com/client role.yaml?a=b");

    Onboarding.Steps steps = onboarding.steps(client(Map.of(), 1), null);

    assertThat(steps.stackName()).isEqualTo("vended-role");
    assertThat(steps.roleName()).isEqualTo("vended-deploy");
    assertThat(steps.rolePath()).isEqualTo("/vended/");
    assertThat(steps.quickCreateUrl())
        .isEqualTo(
            "https://console.aws.amazon.com/cloudformation/home?region=eu-west-1"
                + "#/stacks/create/review"
                + "?templateURL=https%3A%2F%2Fexample.com%2Fclient%20role.yaml%3Fa%3Db"
                + "&stackName=vended-role"
                + "&param_VendorRoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fvended-vendor"
                + "&param_ExternalId="
                + EXTERNAL_ID
                + "&param_RoleName=vended-deploy&param_RolePath=%2Fvended%2F");
    assertThat(onboarding.templateParameters(client(Map.of(), 1)))
        .containsExactly(
            Map.entry("VendorRoleArn", "arn:aws:iam::111122223333:role/vended-vendor"),
            Map.entry("ExternalId", EXTERNAL_ID));
  }

  @ParameterizedTest
  @CsvSource({
    "role/vended/vended-deploy, vended-role, vended-deploy, /vended/",
    "role/vended/deploy, vended-role-deploy, deploy, /vended/",
    "role/deploy, vended-role-deploy, deploy, /",
    "role/a/b/deploy, vended-role-deploy, deploy, /a/b/",
    "role/vended/a_b, vended-role-648fa9b3, a_b, /vended/"
  })
  void eachRoleHasAStackOfItsOwn(String role, String stack, String name, String path) {
    RoleArn arn = new RoleArn("arn:aws:iam::444455556666:" + role);
    Onboarding.Steps steps = onboarding("aws", null).steps(client(Map.of(), 1), arn);

    assertThat(steps).isEqualTo(new Onboarding.Steps(stack, name, path, null));
  }

  @ParameterizedTest
  @CsvSource({
    "aws-cn, https://console.amazonaws.cn/",
    "aws-us-gov, https://console.amazonaws-us-gov.com/"
  })
  void eachPartitionHasAConsoleOfItsOwn(String partition, String start) {
    assertThat(onboarding(partition, "https://x").steps(client(Map.of(), 1), null).quickCreateUrl())
        .startsWith(start);
  }

  @Test
  void theVendorsOwnAccountHasNoExternalIdToFillIn() {
    Client own = new Client("111122223333", "Own", null, false, true, Map.of(), 1);
    Onboarding onboarding = onboarding("aws", "https://x");

    assertThat(onboarding.steps(own, null).quickCreateUrl()).isNull();
    assertThat(onboarding.templateParameters(own)).containsOnlyKeys("VendorRoleArn");
  }
}

package vended.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.allowlist.read.AllowList;
import vended.allowlist.read.AllowList.GrantPage;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** What every allow-list does. */
public abstract class AllowListContract {
  protected static final CallerArn CALLER =
      new CallerArn("arn:aws:iam::111122223333:role/Deployer");
  private static final CallerArn OTHER = new CallerArn("arn:aws:iam::111122223333:role/Deployer2");
  private static final Client CLIENT =
      new Client(
          "444455556666",
          "Example Client",
          "0123456789abcdef",
          false,
          false,
          Map.of(role(1), ClientRole.UNVERIFIED),
          1);

  protected abstract AllowList allowList();

  protected abstract void put(Client client) throws Exception;

  protected abstract void put(Grant grant) throws Exception;

  protected static RoleArn role(int number) {
    return new RoleArn("arn:aws:iam::444455556666:role/vended/r%04d".formatted(number));
  }

  private static Grant grant(CallerArn caller, RoleArn role) {
    return new Grant(
        caller, role, null, 3600, null, List.of(), Map.of(), null, null, false, null, 1);
  }

  @Test
  void whatWasNeverPutIsMissing() throws Exception {
    assertThat(allowList().find(CALLER, role(1)).rows()).containsOnly(new Row.Missing<>());
    assertThat(allowList().clientOf(role(1))).isEqualTo(AllowList.Owner.NOBODY);
    assertThat(allowList().grantsOf(CALLER, null, 10)).isEqualTo(new GrantPage(List.of(), null));
  }

  @Test
  void aClientIsFoundByEachRoleOfItsAccount_AGrantByJustItsOwn() throws Exception {
    Grant grant = grant(CALLER, role(1));
    put(CLIENT);
    put(grant);

    var owner = new AllowList.Owner(new Row.Found<>(CLIENT), new Row.Missing<>());
    assertThat(allowList().clientOf(role(2))).isEqualTo(owner);
    assertThat(allowList().clientsOf(Set.of(CLIENT.account(), "555566667777")))
        .isEqualTo(
            new AllowList.Clients(
                new Row.Missing<>(),
                Map.of(CLIENT.account(), owner, "555566667777", AllowList.Owner.NOBODY)));
    AllowList.Entry own = allowList().find(CALLER, role(1));
    assertThat(own.client()).isEqualTo(new Row.Found<>(CLIENT));
    assertThat(own.grant()).isEqualTo(new Row.Found<>(grant));
    assertThat(allowList().find(CALLER, role(2)).grant()).isEqualTo(new Row.Missing<>());
    assertThat(allowList().find(OTHER, role(1)).grant()).isEqualTo(new Row.Missing<>());
  }

  @Test
  void aCallersGrantsComePageByPageInOrderOfTheirRoles() throws Exception {
    for (int number : List.of(3, 1, 2)) {
      put(grant(CALLER, role(number)));
    }
    put(grant(OTHER, role(4)));

    List<Integer> sizes = new ArrayList<>();
    List<Row<Grant>> rows = new ArrayList<>();
    @Nullable String after = null;
    do {
      GrantPage page = allowList().grantsOf(CALLER, after, 2);
      sizes.add(page.rows().size());
      rows.addAll(page.rows());
      after = page.last();
    } while (after != null);

    assertThat(sizes).containsExactly(2, 1);
    assertThat(rows)
        .extracting(row -> ((Row.Found<Grant>) row).value().role())
        .containsExactly(role(1), role(2), role(3));
  }
}

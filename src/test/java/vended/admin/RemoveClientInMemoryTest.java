package vended.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.CALLER;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.grant;
import static vended.admin.change.Desk.role;
import static vended.admin.change.Desk.verified;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vended.admin.change.AdminResult;
import vended.admin.change.Desk;
import vended.admin.change.Refusal;
import vended.allowlist.Client;
import vended.allowlist.Row;
import vended.identity.CallerArn;
import vended.identity.RoleArn;

/** A client is removed once nobody has a grant in its account. */
class RemoveClientInMemoryTest {
  private final Desk desk = new Desk();
  private final RemoveClient removeClient =
      new RemoveClient(desk.list(), desk.list(), desk.changes(), desk.clock());

  private AdminResult<Client> remove(@Nullable Long version) {
    return removeClient.remove(desk.trace(), ACCOUNT, version);
  }

  private boolean isThere() {
    return desk.list().table().client(ACCOUNT) instanceof Row.Found;
  }

  @Test
  void aRemovedClientIsGone_AndTheNextContinuesItsVersions() {
    Client client = client(Map.of(ROLE, verified()), 3);
    desk.list().with(client);

    assertThat(remove(null)).isEqualTo(new AdminResult.Done<>(client, true));
    assertThat(isThere()).isFalse();
    assertThat(desk.list().table().lastVersion(ACCOUNT)).isEqualTo(3);
    assertThat(desk.audit()).containsExactly("admin clients/remove", "made clients/remove");
    assertThat(desk.records().getLast().subject().before()).contains("\"version\":3");
    assertThat(desk.records().getLast().subject().after()).isNull();
  }

  @Test
  void aVersionIsDemandedIfItIsNamed() {
    desk.list().with(client(Map.of(), 3));

    assertThat(remove(2L)).isEqualTo(new AdminResult.Conflict<>(3));
    assertThat(isThere()).isTrue();
    assertThat(remove(3L)).isInstanceOf(AdminResult.Done.class);
  }

  @Test
  void aClientThatIsNotThereOrCannotBeReadIsNotRemoved() {
    assertThat(remove(null)).isEqualTo(new AdminResult.Refused<>(Refusal.NO_CLIENT));
    desk.list().withDamaged("client " + ACCOUNT);
    assertThat(remove(null)).isEqualTo(new AdminResult.Refused<>(Refusal.CORRUPT_ROW));
    assertThat(desk.audit())
        .containsExactly("denied clients/remove no_client", "denied clients/remove corrupt_row");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sound", "damaged", "of a role that it has not", "off"})
  void aGrantInItsAccountKeepsAClient(String state) {
    desk.list().with(client(Map.of(ROLE, verified()), 1));
    switch (state) {
      case "damaged" -> desk.list().withDamaged("grant " + CALLER.value() + " " + ROLE.value());
      case "off" -> desk.list().with(Desk.until(grant(CALLER, ROLE, 1), null, true));
      case "sound" -> desk.list().with(grant(CALLER, ROLE, 1));
      default -> desk.list().with(grant(CALLER, role("other"), 1));
    }

    assertThat(remove(null)).isEqualTo(new AdminResult.Refused<>(Refusal.GRANTS_LEFT));
    assertThat(isThere()).isTrue();
    assertThat(desk.audit()).containsExactly("denied clients/remove grants_left");
  }

  @Test
  void grantsInOtherAccountsDoNot_HoweverMany() {
    desk.list().with(client(Map.of(), 1));
    for (int i = 0; i < 1001; i++) {
      RoleArn other = new RoleArn("arn:aws:iam::555566667777:role/vended/r" + i);
      desk.list().with(grant(CALLER, other, 1));
    }
    AtomicInteger pages = new AtomicInteger();
    desk.list().reading((what, list) -> pages.addAndGet(what.equals("keys") ? 1 : 0));

    assertThat(remove(null)).isInstanceOf(AdminResult.Done.class);
    assertThat(pages).hasValue(2);
  }

  @Test
  void aGrantOnALaterPageKeepsAClient() {
    desk.list().with(client(Map.of(), 1));
    for (int i = 0; i < 1000; i++) {
      RoleArn other = new RoleArn("arn:aws:iam::555566667777:role/vended/r" + i);
      desk.list().with(grant(CALLER, other, 1));
    }
    desk.list().with(grant(new CallerArn(CALLER.value() + "Z"), ROLE, 1));

    assertThat(remove(null)).isEqualTo(new AdminResult.Refused<>(Refusal.GRANTS_LEFT));
  }

  /** The list is some seconds old. */
  @Test
  void aGrantThatWasRemovedAMomentAgoDoesNot() {
    desk.list().with(client(Map.of(), 1)).with(grant(CALLER, ROLE, 1));
    desk.list()
        .reading(
            (what, list) -> {
              if (what.equals("grant")) {
                new RemoveGrant(list, desk.changes()).remove(desk.trace(), CALLER, ROLE, null);
              }
            });

    assertThat(remove(null)).isInstanceOf(AdminResult.Done.class);
  }

  @ParameterizedTest
  @CsvSource({"11999, true", "12000, false"})
  void grantsAreLookedForWithinTwelveSeconds(long millis, boolean removed) {
    desk.list().with(client(Map.of(), 1));
    for (int i = 0; i < 1001; i++) {
      RoleArn other = new RoleArn("arn:aws:iam::555566667777:role/vended/r" + i);
      desk.list().with(grant(CALLER, other, 1));
    }
    AtomicInteger pages = new AtomicInteger();
    desk.list()
        .reading(
            (what, list) -> {
              if (what.equals("keys") && pages.incrementAndGet() == 1) {
                desk.clock().advance(Duration.ofMillis(millis));
              }
            });

    AdminResult<Client> result = remove(null);
    assertThat(result instanceof AdminResult.Done).isEqualTo(removed);
    assertThat(isThere()).isEqualTo(!removed);
    assertThat(removed || result instanceof AdminResult.Unavailable).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "keys", "grant"})
  void whereTheAllowListCannotBeReadNothingIsRemoved(String read) {
    desk.list().with(client(Map.of(), 1)).with(grant(CALLER, ROLE, 1)).failing(read);

    assertThat(remove(null)).isEqualTo(new AdminResult.Unavailable<>());
  }
}

package vended.admin.change;

import static org.assertj.core.api.Assertions.assertThat;
import static vended.admin.change.Desk.ACCOUNT;
import static vended.admin.change.Desk.CALLER;
import static vended.admin.change.Desk.CALLER_ID;
import static vended.admin.change.Desk.EXTERNAL_ID;
import static vended.admin.change.Desk.ROLE;
import static vended.admin.change.Desk.client;
import static vended.admin.change.Desk.grant;
import static vended.admin.change.Desk.verified;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vended.allowlist.Client;
import vended.allowlist.ClientRole;
import vended.allowlist.ClientRole.Activation;
import vended.allowlist.ClientRole.Awaited;
import vended.allowlist.Grant;
import vended.allowlist.Hold;
import vended.allowlist.Rotation;
import vended.allowlist.Vending;
import vended.audit.ChangeRecord.Subject;
import vended.text.Sha256;

/**
 * What the audit keeps of a row, for years: enough to read it, and neither secrets nor policies.
 */
class ChangeSubjectsTest {
  private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DIGEST = Sha256.sha256(EXTERNAL_ID);

  private static String row(String role, int version, String more) {
    return ("{\"name\":\"Example Client\",\"externalIdSha256\":\"%s\"%s,\"suspended\":false,"
            + "\"ownAccount\":false,\"roles\":{\"%s\":\"%s\"},\"version\":%d}")
        .formatted(DIGEST, more, ROLE.value(), role, version);
  }

  static Stream<Arguments> roles() {
    Activation asked = new Activation("somebody", "01KJ0000000000000000000000");
    return Stream.of(
        Arguments.of(verified(), "verified by 01KJ0000000000000000000000"),
        Arguments.of(verified().drifted("a probe"), "drifted, by a probe"),
        Arguments.of(ClientRole.UNVERIFIED, "not verified"),
        Arguments.of(ClientRole.awaited(new Awaited(SINCE, null, null)), "not verified"),
        Arguments.of(
            ClientRole.awaited(new Awaited(SINCE, null, "a probe")),
            "not verified, ready by a probe"),
        Arguments.of(
            ClientRole.awaited(new Awaited(SINCE, asked, null)),
            "not verified, activation asked for by somebody in 01KJ0000000000000000000000"),
        Arguments.of(
            ClientRole.awaited(new Awaited(SINCE, asked, "a probe")),
            "not verified, ready by a probe, activation asked for by somebody in"
                + " 01KJ0000000000000000000000"));
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aClientIsKeptWithTheStateOfEachRole(ClientRole role, String state) {
    Client before = client(Map.of(ROLE, verified()), 1);
    Client after = client(Map.of(ROLE, role), 2);

    assertThat(ChangeSubjects.client("clients/put", ACCOUNT, before, after))
        .isEqualTo(
            new Subject(
                "clients/put",
                ACCOUNT,
                null,
                ACCOUNT,
                "Example Client",
                row("verified by 01KJ0000000000000000000000", 1, ""),
                row(state, 2, "")));
  }

  @Test
  void whatIsNotThereIsNotKept() {
    Client before = client(Map.of(), 1);

    assertThat(ChangeSubjects.client("a", ACCOUNT, before, null).clientName())
        .isEqualTo("Example Client");
    assertThat(ChangeSubjects.client("a", ACCOUNT, null, null))
        .isEqualTo(new Subject("a", ACCOUNT, null, ACCOUNT, null, null, null));
    Subject role = ChangeSubjects.role("a", ROLE, null, null);
    assertThat(role).isEqualTo(new Subject("a", ACCOUNT, ROLE.value(), ACCOUNT, null, null, null));
    Client own = new Client("111122223333", "Own", null, false, true, Map.of(), 1);
    assertThat(ChangeSubjects.client("a", ACCOUNT, own, null).before())
        .contains("\"ownAccount\":true")
        .doesNotContain("externalId");
  }

  @Test
  void aRotationIsKeptAsADigest() {
    Client client = client(Map.of(ROLE, ClientRole.UNVERIFIED), 1);
    String other = "fedcba9876543210";
    String digest = Sha256.sha256(other);

    Subject started =
        ChangeSubjects.rotation("r", client, client, new Rotation(ACCOUNT, other, false));
    assertThat(started)
        .isEqualTo(
            new Subject(
                "r",
                ACCOUNT,
                null,
                ACCOUNT,
                "Example Client",
                row("not verified", 1, ""),
                row("not verified", 1, ",\"nextExternalIdSha256\":\"" + digest + "\"")));
    assertThat(
            ChangeSubjects.rotation("r", client, client, new Rotation(ACCOUNT, other, true))
                .after())
        .contains("\"previousExternalIdSha256\":\"" + digest + "\"")
        .doesNotContain(other);
    assertThat(ChangeSubjects.rotation("r", client, client, null).after())
        .isEqualTo(row("not verified", 1, ""));
  }

  @Test
  void aGrantIsKeptWithoutItsPolicy() {
    Grant grant =
        new Grant(
            CALLER,
            ROLE,
            null,
            900,
            "{\"Version\":\"2012-10-17\"}",
            List.of(),
            Map.of("team", "blue"),
            null,
            null,
            false,
            "For a test",
            3);
    Subject subject = ChangeSubjects.grant("grants/put", CALLER, ROLE, null, grant);

    assertThat(subject.target()).isEqualTo(CALLER.value());
    assertThat(subject.roleArn()).isEqualTo(ROLE.value());
    assertThat(subject.clientAccount()).isEqualTo(ACCOUNT);
    assertThat(subject.before()).isNull();
    assertThat(subject.after())
        .isEqualTo(
            ("{\"maxDurationSeconds\":900,\"tags\":{\"team\":\"blue\"},\"disabled\":false,"
                    + "\"description\":\"For a test\",\"policySha256\":\"%s\","
                    + "\"policyLength\":24,\"version\":3}")
                .formatted(Sha256.sha256("{\"Version\":\"2012-10-17\"}")));
    assertThat(ChangeSubjects.grant("a", CALLER, ROLE, grant(CALLER, ROLE, 1), null).before())
        .contains("\"callerId\":\"" + CALLER_ID + "\"")
        .doesNotContain("policy");
  }

  @Test
  void theSwitchAndAClientsOwnSuspensionAreKept() {
    assertThat(ChangeSubjects.vending(new Vending(true, 1), new Vending(false, 2)))
        .extracting(Subject::action, Subject::target, Subject::clientAccount)
        .containsExactly("clients/suspend", "vending", null);
    assertThat(ChangeSubjects.vending(new Vending(true, 1), null).before())
        .contains("\"stopped\":true", "\"version\":1");
    assertThat(ChangeSubjects.vending(null, new Vending(false, 2)).after())
        .contains("\"stopped\":false", "\"version\":2");
    Subject hold =
        ChangeSubjects.hold(
            client(Map.of(), 1), new Hold(ACCOUNT, false, 1), new Hold(ACCOUNT, true, 2));
    assertThat(hold.action()).isEqualTo("mine/suspend");
    assertThat(hold.target()).isEqualTo(ACCOUNT);
    assertThat(hold.clientAccount()).isEqualTo(ACCOUNT);
    assertThat(hold.clientName()).isEqualTo("Example Client");
    assertThat(hold.before()).contains("\"suspended\":false", "\"version\":1");
    assertThat(hold.after()).contains("\"suspended\":true", "\"version\":2");
    assertThat(ChangeSubjects.hold(client(Map.of(), 1), null, null).before()).isNull();
  }
}

package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.TestStack;

/** How the script talks to administrators: its own commands and options, and tables. */
class AdminWordsTest {
  private static final String ACCOUNT = "555566667777";
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";
  private static final String BUILDER = "arn:aws:iam::111122223333:role/Builder";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @SuppressWarnings("NullAway.Init")
  private ScriptOnStack script;

  @BeforeEach
  void reset() {
    script = new ScriptOnStack(stack, home);
  }

  static Stream<Shell> shells() {
    return Shell.matrix(AdminWordsTest.class);
  }

  @ParameterizedTest
  @CsvSource({
    "client suspend 999999999999, vend client put ACCOUNT",
    "client show 999999999999, vend client put ACCOUNT",
    "client verify arn:aws:iam::999999999999:role/a, vend client put ACCOUNT",
    "client verify arn:aws:iam::555566667777:role/a, vend client put ACCOUNT --role ROLE_ARN",
    "grant remove arn:aws:iam::111122223333:role/B arn:aws:iam::555566667777:role/a, vend grant"
        + " list"
  })
  void aRefusalNamesTheCommandThatHelps(String command, String advice) {
    script.client(ACCOUNT, "A", ROLE);

    Run.Result result = script.admin(Shell.any(), command.split(" ", -1)).result();

    assertThat(result.exit()).isNotZero();
    assertThat(result.err()).contains(advice).doesNotContain("version out", "probeId");
  }

  @Test
  void aRoleThatIsNotVerifiedIsToBeVerifiedByTheScript() {
    script.done(Shell.any(), "client", "put", ACCOUNT, "--name", "A", "--role", ROLE);

    Run.Result put =
        script.admin(Shell.any(), "grant", "put", BUILDER, ROLE, "--unpinned").result();

    assertThat(put.exit()).isEqualTo(1);
    assertThat(put.err()).contains("vend client verify " + ROLE).doesNotContain("probeId");
  }

  @Test
  void whatIsWrongWithAGrantIsSaidByTheOption() {
    script.client(ACCOUNT, "A", ROLE);
    String[] put = {"grant", "put", BUILDER, ROLE, "--unpinned", "--expires", "2020-01-01"};

    assertThat(script.admin(Shell.any(), put).result().err())
        .contains("--expires must be in the future")
        .doesNotContain("expiresAt");
    put[5] = "--tag";
    put[6] = "vended:x=y";
    assertThat(script.admin(Shell.any(), put).result().err())
        .contains("--tag must be")
        .doesNotContain("line 1");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aGrantEndsSoFarAheadAsItIsSaid(Shell shell) {
    script.client(ACCOUNT, "A", ROLE);
    Instant now = Instant.now();

    script.done(
        shell, "grant", "put", BUILDER, ROLE, "--unpinned", "--expires=7d", "--not-before=90m");

    String line = script.done(shell, "grant", "export", "--role", ROLE).out();
    assertThat(time(line, "expiresAt"))
        .isBetween(now.plus(Duration.ofDays(7)).minusSeconds(2), now.plus(Duration.ofDays(8)));
    assertThat(time(line, "notBefore"))
        .isBetween(now.plus(Duration.ofMinutes(90)).minusSeconds(2), now.plus(Duration.ofHours(3)));
    script.done(shell, "grant", "put", BUILDER, ROLE, "--expires", "2099-02-28");
    assertThat(script.done(shell, "grant", "export", "--role", ROLE).out())
        .contains("\"expiresAt\":\"2099-02-28T00:00:00Z\"");
  }

  private static Instant time(String line, String name) {
    return Instant.parse(line.replaceAll(".*\"" + name + "\":\"([^\"]*)\".*\n", "$1"));
  }

  @ParameterizedTest
  @CsvSource({"soon", "7", "-7d", "7w", "2026-1-1"})
  void aMomentThatIsNoneIsRefused(String moment) {
    Run.Result result =
        script
            .admin(Shell.any(), "grant", "put", BUILDER, ROLE, "--unpinned", "--expires=" + moment)
            .result();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--expires takes");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void manyClientsAreOneTable_WithOneHead_InOrder_AndALongNameMovesItsOwnLineOnly(Shell shell) {
    String name = "An exceedingly long name of a client ".repeat(3).strip();
    List<Map<String, AttributeValue>> clients = new ArrayList<>();
    for (int i = 130; i > 0; i--) {
      String account = "6%011d".formatted(i);
      String role = "arn:aws:iam::%s:role/vended/deploy".formatted(account);
      clients.add(
          AllowListRows.client(
              account, i == 7 ? name : "Ü" + i, "external-id-of-" + account, role, Instant.now()));
    }
    stack.tables().put(stack.allowListTable(), clients);

    List<String> lines = script.done(shell, "client", "list").out().lines().toList();

    assertThat(lines).hasSize(132);
    assertThat(lines.getFirst()).startsWith("ACCOUNT       NAME            STATE   VERSION  ROLE");
    assertThat(lines).filteredOn(line -> line.startsWith("ACCOUNT")).hasSize(1);
    assertThat(lines.subList(1, lines.size())).isSorted();
    assertThat(lines).filteredOn(line -> line.contains(name)).hasSize(1);
    int role = lines.getFirst().indexOf("ROLE");
    assertThat(lines)
        .filteredOn(line -> line.indexOf("arn:") != role && !line.startsWith("ACCOUNT"))
        .singleElement()
        .asString()
        .contains(name);
  }

  @Test
  void manyGrantsAreOneTable_AndShowWhetherTheyHaveAPolicy() throws Exception {
    script.client(ACCOUNT, "A", ROLE);
    List<Map<String, AttributeValue>> grants = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      grants.add(AllowListRows.grant(BUILDER + i, "AROAEXAMPLEBUILDER001", ROLE, Instant.now()));
    }
    AttributeValue managed = AttributeValue.fromS("arn:aws:iam::aws:policy/ReadOnlyAccess");
    grants.get(3).put("policyArns", AttributeValue.fromL(List.of(managed)));
    String policy =
        "{'Version':'2012-10-17','Statement':[{'Effect':'Deny','Action':'s3:*','Resource':'*'}]}";
    grants.get(4).put("policy", AttributeValue.fromS(policy.replace('\'', '"')));
    stack.tables().put(stack.allowListTable(), grants);

    List<String> lines =
        script.done(Shell.any(), "grant", "list", "--role", ROLE).out().lines().toList();

    assertThat(lines).hasSize(121);
    assertThat(lines.getFirst())
        .matches("CALLER +ROLE +PINNED TO +SECONDS +POLICY +NOW +LAST USE +EXPIRES +VERSION");
    assertThat(lines.subList(1, lines.size())).isSorted();
    assertThat(lines).filteredOn(line -> line.contains(" managed ")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.contains(" inline ")).hasSize(1);
    assertThat(lines).filteredOn(line -> line.contains(" none ")).hasSize(118);
  }
}

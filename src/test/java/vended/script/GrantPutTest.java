package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import vended.Soak;
import vended.local.AllowListRows;
import vended.local.LocalStack;
import vended.local.TestStack;

/** {@code vend grant put} of a grant that exists: what is not said stays. */
class GrantPutTest {
  private static final String ACCOUNT = "555566667777";
  private static final String ROLE = "arn:aws:iam::555566667777:role/vended/deploy";
  private static final String BUILDER = "arn:aws:iam::111122223333:role/Builder";
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\","
          + "\"Resource\":\"arn:aws:s3:::a\\\\b\\u00e9é/*\"}]}";

  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  @SuppressWarnings("NullAway.Init")
  private ScriptOnStack script;

  @BeforeEach
  void aClient() {
    script = new ScriptOnStack(stack, home);
    script.client(ACCOUNT, "A", ROLE);
  }

  static Stream<Shell> shells() {
    return Shell.matrix(GrantPutTest.class);
  }

  private static String[] put(String... options) {
    return Stream.concat(Stream.of("grant", "put", BUILDER, ROLE), Arrays.stream(options))
        .toArray(String[]::new);
  }

  private String policy() throws IOException {
    return Files.writeString(home.resolve("policy.json"), POLICY).toString();
  }

  private void aFullGrant(Shell shell) throws IOException {
    script.done(
        shell,
        put(
            "--caller-id=AROAEXAMPLEBUILDER001",
            "--duration=15m",
            "--policy=" + policy(),
            "--policy-arn=arn:aws:iam::aws:policy/ReadOnlyAccess",
            "--tag=team=a b",
            "--tag=équipe=x",
            "--not-before=2026-01-01T00:00:00Z",
            "--expires=2098-01-01T00:00:00Z",
            "--description=Nightly {\"é\"}, \\ and more"));
  }

  private String exported(Shell shell) {
    return script.done(shell, "grant", "export", "--role", ROLE).out();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aLaterExpiryChangesNothingElse(Shell shell) throws Exception {
    aFullGrant(shell);
    String before = exported(shell);

    Run.Result put = script.done(shell, put("--expires", "2099-01-01T00:00:00Z"));

    assertThat(exported(shell)).isEqualTo(before.replace("2098-", "2099-"));
    assertThat(before).contains("Deny", "ReadOnlyAccess", "a b", "Nightly");
    assertThat(put.out())
        .isEqualTo(
            "~ %s -> %s\n    expiresAt: \"2098-01-01T00:00:00Z\" -> \"2099-01-01T00:00:00Z\"\n"
                .formatted(BUILDER, ROLE));
    assertThat(put.err()).contains("1 changed");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void eachOptionChangesItsOwnMember(Shell shell) throws Exception {
    aFullGrant(shell);

    script.done(shell, put("--tag=team=c", "--tag=équipe=y", "--tag=z=+", "--unpinned"));
    assertThat(exported(shell))
        .contains(
            "\"tags\":{\"team\":\"c\",\"z\":\"+\",\"\\u00e9quipe\":\"y\"}",
            "\"unpinned\":true",
            "Nightly")
        .doesNotContain("callerId");
    script.done(
        shell,
        put("--policy-arn=arn:aws:iam::aws:policy/ViewOnlyAccess", "--no-tags", "--tag=only=1"));
    assertThat(exported(shell))
        .contains(
            "\"policyArns\":[\"arn:aws:iam::aws:policy/ViewOnlyAccess\"]",
            "\"tags\":{\"only\":\"1\"}",
            "Deny");
  }

  @Test
  void whatIsToGoIsSaid_AndGoes() throws Exception {
    aFullGrant(Shell.any());

    Run.Result put =
        script.done(
            Shell.any(),
            put(
                "--no-policy",
                "--no-policy-arns",
                "--no-tags",
                "--no-not-before",
                "--no-expires",
                "--no-description",
                "--disabled"));

    assertThat(exported(Shell.any()))
        .isEqualTo(
            """
            {"caller":"%s","roleArn":"%s","callerId":"AROAEXAMPLEBUILDER001",\
            "maxDurationSeconds":900,"disabled":true}
            """
                .formatted(BUILDER, ROLE));
    assertThat(put.out()).contains("policy: ", "tags: {", " -> (none)");
    assertThat(script.done(Shell.any(), put("--duration=1h")).out())
        .contains("maxDurationSeconds: 900 -> 3600")
        .doesNotContain("disabled");
    script.done(Shell.any(), put("--enabled"));
    assertThat(exported(Shell.any())).doesNotContain("disabled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--no-policy --policy -",
        "--no-expires --expires 2099-01-01T00:00:00Z",
        "--enabled --disabled",
        "--caller-id AROAEXAMPLEBUILDER001 --unpinned",
        "--no-tags=x",
        "--no-roles"
      })
  void aContradictionIsRefused(String options) {
    Run.Result result = script.admin(Shell.any(), put(options.split(" ", -1))).input("{}").result();

    assertThat(result.exit()).as(result.err()).isEqualTo(2);
  }

  /** The other administrator acts after the grant was read, and after it was planned. */
  static Stream<Integer> moments() {
    // After the second request, the plan shows it, as after the first.
    return Soak.some(2, List.of(1, 3, 2)).stream();
  }

  @ParameterizedTest
  @MethodSource("moments")
  void aChangeAtTheSameMomentIsAConflict_AndNotLost(int after) throws Exception {
    aFullGrant(Shell.any());
    Path stubs = Files.createDirectories(home.resolve("stubs"));
    String other =
        "PATH=%s VEND_URL=%s AWS_REGION=%s AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s %s %s %s"
            .formatted(
                Run.programs(),
                stack.url(),
                LocalStack.REGION,
                stack.people().administrator().id(),
                stack.people().administrator().secret(),
                "/bin/sh " + Run.VEND,
                String.join(" ", put("--no-policy")),
                ">/dev/null 2>&1 </dev/null");
    Programs.write(
        stubs.resolve("curl"),
        """
        echo >> "$HOME/calls"
        "%s/curl" "$@"
        status=$?
        if [ "$(wc -l < "$HOME/calls")" -eq %d ]; then %s; fi
        exit $status
        """
            .formatted(Run.programs(), after, other));

    Run.Result result =
        script
            .admin(Shell.any(), put("--expires", "2099-01-01T00:00:00Z"))
            .programsIn(stubs)
            .result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("somebody else changed this grant");
    assertThat(exported(Shell.any())).contains("2098-").doesNotContain("Deny");
  }

  @Test
  void aGrantBehindManyOthersOfItsCallerIsFound() throws Exception {
    List<Map<String, AttributeValue>> others =
        IntStream.range(0, 130)
            .mapToObj(i -> ROLE.replace(ACCOUNT, "4%011d".formatted(i)))
            .map(r -> AllowListRows.grant(BUILDER, "AROAEXAMPLEBUILDER001", r, Instant.now()))
            .toList();
    stack.tables().put(stack.allowListTable(), others);
    aFullGrant(Shell.any());

    script.done(Shell.any(), put("--no-description"));

    assertThat(exported(Shell.any())).contains("Deny").doesNotContain("Nightly");
  }
}

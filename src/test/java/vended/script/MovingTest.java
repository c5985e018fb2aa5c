package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.local.LocalStack;
import vended.local.TestStack;

/** The loop of docs/moving.md that puts all clients. */
class MovingTest {
  @RegisterExtension static final TestStack SHARED = TestStack.shared();

  private static final LocalStack stack = SHARED.stack();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  static Stream<Shell> shells() {
    return Shell.matrix(MovingTest.class);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void everyLineIsPut_TheLastOneToo_AndAgainChangesNothing(Shell shell) throws Exception {
    Files.writeString(home.resolve("names.txt"), "666600000001 One\n666600000002 The Second");
    Files.writeString(
        home.resolve("roles.txt"),
        """
        arn:aws:iam::666600000001:role/vended/a
        arn:aws:iam::666600000001:role/vended/b
        arn:aws:iam::666600000002:role/vended/a\
        """);

    Run.Result first = loop(shell);
    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.err())
        .contains("client 666600000001 was created", "client 666600000002 was created");
    String rows = stack.tables().rows(stack.allowListTable()).toString();
    assertThat(rows).contains("The Second", "666600000002:role/vended/a");
    int records = stack.tables().rows(stack.auditTable()).size();

    Run.Result again = loop(shell);
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.err())
        .contains("client 666600000001 is unchanged", "client 666600000002 is unchanged")
        .doesNotContain("is changed");
    assertThat(stack.tables().rows(stack.allowListTable())).hasToString(rows);
    assertThat(stack.tables().rows(stack.auditTable())).hasSize(records);
  }

  private Run.Result loop(Shell shell) throws IOException {
    Path file = home.resolve("loop.sh");
    Files.writeString(file, Page.of("docs/moving.md").shell("while"));
    Path programs = Files.createDirectories(home.resolve("programs"));
    for (String part : List.of("vend", "vend-admin")) {
      Path link = programs.resolve(part);
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, Run.VEND.resolveSibling(part));
    }
    return new ScriptOnStack(stack, home).admin(shell).script(file).programsIn(programs).result();
  }
}

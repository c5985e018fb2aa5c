package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Killed, crowded or out of space: the file is the old one or the new one, whole. */
class ProfileDamageTest {
  private static final String BEFORE = "[default]\nregion = x\n\n" + "# a comment\n".repeat(2000);

  @TempDir Path home;
  private Path config;
  private Path stubs;

  @BeforeEach
  void folders() throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    config = Files.writeString(home.resolve(".aws/config"), BEFORE);
    stubs = Files.createDirectories(home.resolve("stubs"));
  }

  private Run profile(Shell shell, String name) {
    return Run.vend(shell, home, "profile", Answers.ROLE, "--profile", name)
        .calling("https://abc.execute-api.eu-west-1.amazonaws.com/prod");
  }

  static Stream<Arguments> moments() {
    return Shell.deal(
        Stream.of(
            "ln after",
            "cp before",
            "cp after",
            "awk halfway",
            "mv before",
            "mv after",
            "rm before"));
  }

  @ParameterizedTest(name = "{1}, in {0}")
  @MethodSource("moments")
  void killedAtAnyMoment_leavesAWholeFileAndNothingInTheWay(Shell shell, String moment)
      throws Exception {
    String program = moment.substring(0, moment.indexOf(' '));
    String real = Shell.find(program).orElseThrow().toString();
    Programs.write(
        stubs.resolve(program),
        switch (moment) {
          case "awk halfway" ->
              "case $* in *COUNT=0*) \"%s\" \"$@\" | head -c 99; kill -9 $PPID ;; *) exec \"%s\" \"$@\" ;; esac"
                  .formatted(real, real);
          case "ln after", "cp after", "mv after" -> "\"%s\" \"$@\"; kill -9 $PPID".formatted(real);
          default -> "kill -9 $PPID";
        });

    var killed = profile(shell, "client").programsIn(stubs).result();

    assertThat(killed.exit()).isEqualTo(137);
    String after = Files.readString(config);
    assertThat(after).startsWith(BEFORE);
    assertThat(after.substring(BEFORE.length()))
        .matches("|\\n?\\[profile client\\]\\ncredential_process = .*\\n");

    var next = profile(shell, "client").result();

    assertThat(next.exit()).isZero();
    assertThat(config).content().startsWith(BEFORE).contains("[profile client]");
    try (Stream<Path> files = Files.list(config.getParent())) {
      assertThat(files).containsExactly(config);
    }
  }

  /** Some awks tell nobody that a write failed. */
  @ParameterizedTest
  @MethodSource("vended.script.JsonReaderTest#awks")
  void fileThatCantGrow_staysTheOldOne(String awk) throws Exception {
    String before = "# a comment in 32 characters...\n".repeat(510);
    Files.writeString(config, before);
    String real = Shell.find(awk.replace(" awk", "")).orElseThrow().toString();
    Programs.write(
        stubs.resolve("awk"), "exec " + real + (awk.endsWith(" awk") ? " awk" : "") + " \"$@\"");
    // 32 blocks hold the old file and 64 bytes more.
    Shell limited =
        new Shell(
            "limited",
            List.of(
                "sh",
                "-c",
                "trap '' XFSZ; ulimit -f 32; exec \"$@\"",
                "sh",
                Shell.find("sh").orElseThrow().toString()));

    var result = profile(limited, "client").programsIn(stubs).result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("it is unchanged");
    assertThat(config).hasContent(before);
    try (Stream<Path> files = Files.list(config.getParent())) {
      assertThat(files).containsExactly(config);
    }
  }

  /** An awk that is killed, or dies and says nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void copyThatIsCutShort_leavesTheOldFile(int exit) throws Exception {
    String real = Shell.find("awk").orElseThrow().toString();
    Programs.write(
        stubs.resolve("awk"),
        "case $* in *COUNT=0*) \"%s\" \"$@\" | head -c 99; exit %d ;; *) exec \"%s\" \"$@\" ;; esac"
            .formatted(real, exit, real));

    var result = profile(Shell.any(), "client").programsIn(stubs).result();

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("it is unchanged");
    assertThat(config).hasContent(BEFORE);
    try (Stream<Path> files = Files.list(config.getParent())) {
      assertThat(files).containsExactly(config);
    }
  }

  @Test
  void manyAtOnce_allFindTheirPlace() throws Exception {
    List<Run> runs = new ArrayList<>();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Run run = profile(Shell.any(), "client" + i);
      runs.add(run);
      processes.add(run.start());
    }
    for (int i = 0; i < 8; i++) {
      assertThat(runs.get(i).await(processes.get(i)).exit()).isZero();
    }

    assertThat(config).content().startsWith(BEFORE);
    assertThat(Files.readAllLines(config).stream().filter(line -> line.startsWith("[profile")))
        .hasSize(8)
        .doesNotHaveDuplicates();
  }
}

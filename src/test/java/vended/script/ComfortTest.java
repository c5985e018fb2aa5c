package vended.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Completion, colours and quiet. */
class ComfortTest {
  private static final Pattern COMMANDS =
      Pattern.compile("(?s)\ncase \\$v_command in\n(credentials\\).*?)\nesac");
  private static final Pattern NAMES = Pattern.compile("(?m)^([a-z |]+)\\)");
  private static final Pattern OPTION = Pattern.compile("(?<![a-z-])--[a-z]+(-[a-z]+)*");

  /** What no user types. */
  private static final Set<String> HIDDEN = Set.of("renewer");

  @TempDir Path home;

  private String completion(String shell) {
    Run.Result result =
        Run.vend(Shell.any(), home, "completion", shell)
            .with("TMPDIR", home.toString())
            .without("HOME")
            .result();
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out();
  }

  private static Set<String> all(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    for (Matcher match = pattern.matcher(text); match.find(); ) {
      found.add(match.group());
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completion_hasEveryCommandAndOption(String shell) throws Exception {
    String made = completion(shell);
    Matcher cases = COMMANDS.matcher(Files.readString(Run.VEND));
    assertThat(cases.find()).isTrue();
    Set<String> commands = new TreeSet<>();
    for (Matcher names = NAMES.matcher(cases.group(1)); names.find(); ) {
      commands.addAll(List.of(names.group(1).split(" \\| ")));
    }
    commands.removeAll(HIDDEN);
    assertThat(commands).hasSizeGreaterThan(12);
    Matcher first = Pattern.compile("  '' *\\) vend_words='(.*)' ;;").matcher(made);
    assertThat(first.find()).isTrue();
    assertThat(first.group(1).split(" ")).containsAll(commands);

    Set<String> options = new TreeSet<>();
    for (String part : List.of("", "-more", "-admin", "-audit", "-access", "-mine", "-doctor")) {
      Matcher function =
          Pattern.compile("(?ms)^\\w+_argument\\(\\) \\{\n.*?\n\\}\n")
              .matcher(Files.readString(Path.of(Run.VEND + part)));
      while (function.find()) {
        options.addAll(all(OPTION, function.group()));
      }
    }
    options.removeAll(Set.of("--help", "--for-profile"));
    assertThat(options).hasSizeGreaterThan(40);
    assertThat(all(OPTION, made)).containsAll(options);
  }

  private String complete(String... words) throws Exception {
    Path script = Files.writeString(home.resolve("completion"), completion("bash"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Programs.write(
        bin.resolve("vend"), "exec %s %s \"$@\"".formatted(Shell.find("sh").get(), Run.VEND));
    String program =
        "source '%s'; COMP_WORDS=(vend %s); COMP_CWORD=%d; _vend; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(
                script,
                Stream.of(words).map(w -> "'" + w + "'").collect(Collectors.joining(" ")),
                words.length);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "--norc", "-c", program).redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("PATH", bin + ":" + Run.programs(), "HOME", home.toString()));
    return new String(builder.start().getInputStream().readAllBytes(), UTF_8).strip();
  }

  @Test
  void bash_completesCommandsOptionsAndAliases() throws Exception {
    assumeTrue(Shell.find("bash").isPresent(), "bash");
    Path folder = Files.createDirectories(home.resolve(".config/vend"));
    Files.writeString(
        folder.resolve("config"),
        "alias.acme = %s\nalias.New Client = %s\n".formatted(Answers.ROLE, Answers.ROLE));

    assertThat(complete("cr")).isEqualTo("credentials");
    assertThat(complete("help", "sta")).isEqualTo("start\nstatus");
    assertThat(complete("grant", "app")).isEqualTo("apply");
    assertThat(complete("exec", "a")).isEqualTo("acme");
    assertThat(complete("exec", "N")).isEqualTo("New\\ Client");
    assertThat(complete("exec", "acme", "--ren")).isEqualTo("--renew");
    assertThat(complete("exec", "acme", "--", "mkfif")).isEqualTo("mkfifo");
  }

  @Test
  void zsh_readsIt() throws Exception {
    assumeTrue(Shell.find("zsh").isPresent(), "zsh");
    Path script = Files.writeString(home.resolve("_vend"), completion("zsh"));
    Process process =
        new ProcessBuilder("zsh", "-f", "-n", script.toString()).redirectErrorStream(true).start();

    assertThat(process.getInputStream().readAllBytes()).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void colours_areForTerminalsWithoutNoColor() throws Exception {
    for (Map<String, String> more :
        List.of(
            Map.of("TERM", "xterm", "NO_COLOR", ""),
            Map.of("TERM", "xterm", "NO_COLOR", "1"),
            Map.of("TERM", "dumb"))) {
      String screen = Terminal.vend(home, more, "credentials");

      assertThat(screen).contains("which role?");
      assertThat(screen.contains("\u001b[31m"))
          .isEqualTo(more.getOrDefault("NO_COLOR", "1").isEmpty());
    }
    assertThat(Run.vend(Shell.any(), home, "credentials").with("TERM", "xterm").result().err())
        .doesNotContain("\u001b");
  }

  @Test
  void quiet_leavesOutWhatWentWell() throws Exception {
    try (StandIn service = StandIn.vending()) {
      Run.Result done =
          Run.vend(Shell.any(), home, "profile", Answers.ROLE, "--quiet")
              .calling(service.url())
              .result();
      Run.Result failed =
          Run.vend(Shell.any(), home, "profile", Answers.ROLE + "2", "--quiet")
              .calling(service.url())
              .result();

      assertThat(done.exit()).isZero();
      assertThat(done.err() + done.out()).isEmpty();
      assertThat(failed.err()).contains("gives the role " + Answers.ROLE);
    }
  }
}

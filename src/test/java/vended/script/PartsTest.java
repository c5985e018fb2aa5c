package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script's files belong together. */
class PartsTest {
  @TempDir Path home;
  private final StandIn service = StandIn.vending();

  @BeforeEach
  void copyTheScript() throws IOException {
    for (String part :
        List.of(
            "vend",
            "vend-more",
            "vend-admin",
            "vend-audit",
            "vend-access",
            "vend-mine",
            "vend-doctor")) {
      Files.copy(Run.VEND.resolveSibling(part), home.resolve(part));
    }
  }

  @AfterEach
  void close() {
    service.close();
  }

  private void change(String part, UnaryOperator<String> change) throws IOException {
    Path file = home.resolve(part);
    String before = Files.readString(file);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(file, after);
  }

  private Run vend(Shell shell, String command) {
    return Run.vend(shell, home, command.split(" "))
        .calling(service.url())
        .with("TMPDIR", home.toString())
        .script(home.resolve("vend"));
  }

  private void isRefused(Run run, String part) {
    Run.Result result = run.result();

    assertThat(result.err())
        .endsWith(
            "vend-%s is of another version than vend: take both from the same release\n"
                .formatted(part))
        .doesNotContain("not found");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(service.requests).isEmpty();
  }

  @InShells(evenBash = true)
  void companionOfAnotherBuild_isRefused(Shell shell) throws Exception {
    String build = build();
    change("vend-admin", text -> text.replace(build, "1"));
    change("vend-audit", text -> text.replace(build, "1"));
    change("vend-access", text -> text.replace(build, "1"));
    change("vend-doctor", text -> text.replace(build, "1"));

    isRefused(vend(shell, "client list"), "admin");
    isRefused(vend(shell, "help grant"), "admin");
    isRefused(vend(shell, "audit"), "audit");
    isRefused(vend(shell, "access"), "access");
    isRefused(vend(shell, "doctor"), "doctor");
  }

  @InShells(evenBash = true)
  void companionOfTheTimeBeforeBuildsWereCompared_isRefused(Shell shell) throws Exception {
    String build = build();
    change("vend-admin", text -> text.replaceAll("(?s)v_part_build=.*?\n}\n", ""));

    isRefused(vend(shell, "client list").with("v_part_build", build), "admin");
  }

  @InShells(evenBash = true)
  void vendOfTheTimeBeforeBuildsWereCompared_isRefusedByTheCompanion(Shell shell) throws Exception {
    change("vend", text -> text.replaceAll("(?m)^VEND_BUILD=.*$", ""));

    isRefused(vend(shell, "client list"), "admin");
  }

  @Test
  void environment_decidesNothing() throws Exception {
    String build = build();
    assertThat(vend(Shell.any(), "help grant").with("VEND_BUILD", "1").result().err()).isEmpty();
    change("vend-admin", text -> text.replace(build, "1"));

    isRefused(vend(Shell.any(), "client list").with("VEND_BUILD", "1"), "admin");
  }

  /** Without its folder, every file of a command would be in the root folder. */
  @ParameterizedTest
  @CsvSource({
    "client list, admin",
    "grant list, admin",
    "grant export, admin",
    "audit, audit",
    "audit report --format json, audit",
    "access, access",
    "access --format csv, access"
  })
  void withoutItsFolder_noFileIsWritten(String command, String part) throws Exception {
    change("vend-" + part, text -> text.replace("make_folder() {", "make_folder() {\n  return\n"));

    Run.Result result = vend(Shell.any(), command).result();

    assertThat(result.err()).contains("vend: there is no temporary folder");
    assertThat(result.exit()).isEqualTo(1);
    for (String file : List.of("rows", "corrupt", "export", "head", "body", "found")) {
      assertThat(Path.of("/", file)).doesNotExist();
    }
  }

  private String build() throws IOException {
    return Files.readAllLines(home.resolve("vend")).stream()
        .filter(line -> line.startsWith("VEND_BUILD="))
        .map(line -> line.substring("VEND_BUILD=".length()))
        .findFirst()
        .orElse("0.1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "help client, admin",
    "help audit, audit",
    "help access, access",
    "help why, access",
    "why 01KG9VQ9E0TSV4RRFFQ69G5FAV, access",
    "status, access",
    "client list, admin",
    "audit report, audit",
    "stop, admin"
  })
  void companionThatIsMissing_isNamedForTheCommandThatNeedsIt(String command, String part)
      throws Exception {
    Files.delete(home.resolve("vend-" + part));

    Run.Result result = vend(Shell.any(), command).result();

    assertThat(result.err())
        .isEqualTo(
            "vend: this command needs the file vend-%s, which is missing: put it beside vend, in %s\n"
                .formatted(part, home));
    assertThat(result.exit()).isEqualTo(1);
  }
}

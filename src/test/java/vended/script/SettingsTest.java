package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The user's own file of settings, and files that somebody else made of it. */
class SettingsTest {
  @TempDir Path home;
  private final StandIn service = StandIn.vending();
  private Path folder = Path.of("");
  private Path config = Path.of("");

  @BeforeEach
  void makeTheFolder() throws IOException {
    folder = Files.createDirectories(home.resolve(".config/vend"));
    config = folder.resolve("config");
    mode(folder, "rwxr-xr-x");
  }

  @AfterEach
  void close() {
    service.close();
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private void write(String... lines) throws IOException {
    Files.writeString(config, String.join("\n", lines) + "\n");
    mode(config, "rw-r--r--");
  }

  private String url() {
    return "url = " + service.url();
  }

  private Run vend(Shell shell, String... arguments) {
    return Run.vend(shell, home, arguments)
        .calling(service.url())
        .without("VEND_URL")
        .without("AWS_REGION");
  }

  static Stream<Shell> shells() {
    return Shell.matrix(SettingsTest.class);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void settings_giveUrlRegionAndAliases(Shell shell) throws Exception {
    write(
        "# mine",
        "",
        url(),
        "region=eu-north-1",
        "alias.acme = arn:aws:iam::999999999999:role/x",
        "alias.New Client = " + Answers.ROLE);
    var result = vend(shell, "credentials", "New Client").with("AWS_REGION", "us-east-1").result();

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains(Answers.ISSUED_ID);
    assertThat(service.requests.getFirst().body()).contains(Answers.ROLE);
    assertThat(service.requests.getFirst().header("Authorization")).contains("/eu-north-1/");
  }

  @Test
  void environmentAndArguments_comeFirst() throws Exception {
    write("url = https://127.0.0.1:1", "region = eu-north-1", "alias.acme = " + Answers.ROLE);
    for (List<String> more : List.of(List.<String>of(), List.of("--region", "eu-south-1"))) {
      List<String> arguments =
          Stream.concat(Stream.of("credentials", "acme"), more.stream()).toList();
      var result =
          vend(Shell.any(), arguments.toArray(String[]::new))
              .with("VEND_URL", service.url())
              .with("AWS_REGION", "us-east-1")
              .result();

      assertThat(result.exit()).as(result.err()).isZero();
    }
    assertThat(service.requests).hasSize(2);
    assertThat(service.requests.get(0).header("Authorization")).contains("/us-east-1/");
    assertThat(service.requests.get(1).header("Authorization")).contains("/eu-south-1/");
    var argument =
        vend(Shell.any(), "credentials", "acme", "--url", service.url(), "--region", "eu-west-2")
            .with("VEND_URL", "https://127.0.0.1:1")
            .result();
    assertThat(argument.exit()).as(argument.err()).isZero();
  }

  @Test
  void folderOfTheXdgVariable_isRead() throws Exception {
    Path other = Files.createDirectories(home.resolve("xdg/vend"));
    Files.writeString(other.resolve("config"), url() + "\nregion = eu-west-1\n");
    var result =
        vend(Shell.any(), "credentials", Answers.ROLE)
            .with("XDG_CONFIG_HOME", home.resolve("xdg").toString())
            .result();

    assertThat(result.exit()).as(result.err()).isZero();
  }

  /** What somebody else could do to the file, or talk its user into. */
  @FunctionalInterface
  interface Attack {
    void on(SettingsTest test) throws Exception;
  }

  record Hostile(String name, String told, Attack attack) {
    static Hostile lines(String told, String... lines) {
      return new Hostile(
          told + " " + String.join("|", lines), told, test -> test.write(add(test, lines)));
    }

    private static String[] add(SettingsTest test, String... lines) {
      return Stream.concat(Stream.of(test.url(), "region = eu-west-1"), Stream.of(lines))
          .toArray(String[]::new);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private void change(String mode) throws IOException {
    write(url(), "region = eu-west-1");
    mode(config, mode);
  }

  static Stream<Hostile> hostile() {
    return Stream.of(
        new Hostile(
            "a symbolic link",
            "is a symbolic link",
            test -> {
              test.change("rw-r--r--");
              Files.move(test.config, test.home.resolve("elsewhere"));
              Files.createSymbolicLink(test.config, test.home.resolve("elsewhere"));
            }),
        new Hostile(
            "another owner",
            "must be yours",
            test -> {
              test.change("rw-r--r--");
              assumeTrue("root".equals(System.getProperty("user.name")), "only root can do this");
              Files.setAttribute(test.config, "unix:uid", 65534);
            }),
        new Hostile("the group", "others must not", test -> test.change("rw-rw-r--")),
        new Hostile("everybody", "others must not", test -> test.change("rw-r--rw-")),
        new Hostile(
            "a folder of all",
            "others must not be able to write into it",
            test -> {
              test.change("rw-r--r--");
              mode(test.folder, "rwxrwxrwx");
            }),
        new Hostile("a folder", "is not a file", test -> Files.createDirectory(test.config)),
        new Hostile(
            "a pipe",
            "is not a file",
            test ->
                new ProcessBuilder("mkfifo", "-m", "600", test.config.toString())
                    .start()
                    .waitFor()),
        Hostile.lines("line 3: the setting is there twice", "url = https://127.0.0.1/$(touch own)"),
        Hostile.lines("line 3: an alias has", "alias.a = $(touch own)"),
        Hostile.lines("line 3: unknown setting", "$(touch own)=x"),
        Hostile.lines("line 4: unknown setting", "alias.`touch own` = " + Answers.ROLE, "PATH = ."),
        Hostile.lines("line 3: unknown setting", "alias." + Answers.ROLE + " = " + Answers.ROLE),
        Hostile.lines("line 3: control characters", "alias.a = " + Answers.ROLE + "\r"),
        Hostile.lines("line 3: control characters", "alias.a\u001b[2J = " + Answers.ROLE),
        Hostile.lines("line 3: control characters", "\0"),
        Hostile.lines("line 3: the form is KEY = VALUE", ". ./own"),
        new Hostile(
            "a query",
            "line 1: url has",
            test -> test.write("url = " + test.service.url() + "/?x=\"\noutput = own")),
        new Hostile(
            "another host",
            "line 1: url has",
            test -> test.write("url = https://user@127.0.0.1", "region = eu-west-1")),
        Hostile.lines("more than 65536 bytes", "# " + "x".repeat(70_000)));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileFile_changesNothing(Hostile hostile) throws Exception {
    hostile.attack().on(this);
    assertRefused(hostile.told());
  }

  private void assertRefused(String told) {
    var result = vend(Shell.any(), "credentials", Answers.ROLE).result();

    assertThat(result.err()).contains(told, ".config/vend").doesNotContain("\u001b");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(service.requests).isEmpty();
    assertThat(home.resolve("own")).doesNotExist();
    assertThat(folder.resolve("own")).doesNotExist();
  }

  @Test
  void variableOfTheEnvironment_isNoSetting() throws Exception {
    var result =
        vend(Shell.any(), "credentials", "acme")
            .with("VEND_URL", service.url())
            .with("v_settings", "\nalias.acme=" + Answers.ROLE + "\n")
            .result();

    assertThat(result.exit()).isEqualTo(2);
    assertThat(service.requests).isEmpty();
  }
}

package vended.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;

/** What linters, and the parsers of the shells, say of the script: nothing. */
class LintTest {
  static Stream<List<String>> linters() {
    return Stream.of(
        List.of(
            "shellcheck",
            "-s",
            "sh",
            "bin/vend",
            "bin/vend-more",
            "bin/vend-admin",
            "bin/vend-audit",
            "bin/vend-access",
            "bin/vend-mine",
            "bin/vend-doctor",
            "src/script/join",
            "src/template/import"),
        List.of("shfmt", "-d", "bin", "src/script", "src/template"),
        List.of("dash", "-n", "bin/vend"),
        List.of("busybox", "sh", "-n", "bin/vend"),
        List.of("bash", "--posix", "-n", "bin/vend"),
        List.of("dash", "-n", "bin/vend-more"),
        List.of("busybox", "sh", "-n", "bin/vend-more"),
        List.of("bash", "--posix", "-n", "bin/vend-more"),
        List.of("dash", "-n", "bin/vend-admin"),
        List.of("busybox", "sh", "-n", "bin/vend-admin"),
        List.of("bash", "--posix", "-n", "bin/vend-admin"),
        List.of("dash", "-n", "bin/vend-audit"),
        List.of("dash", "-n", "bin/vend-access"),
        List.of("busybox", "sh", "-n", "bin/vend-audit"),
        List.of("busybox", "sh", "-n", "bin/vend-access"),
        List.of("bash", "--posix", "-n", "bin/vend-audit"),
        List.of("bash", "--posix", "-n", "bin/vend-access"),
        List.of("dash", "-n", "bin/vend-mine"),
        List.of("busybox", "sh", "-n", "bin/vend-mine"),
        List.of("bash", "--posix", "-n", "bin/vend-mine"),
        List.of("dash", "-n", "bin/vend-doctor"),
        List.of("busybox", "sh", "-n", "bin/vend-doctor"),
        List.of("bash", "--posix", "-n", "bin/vend-doctor"));
  }

  @ParameterizedTest
  @MethodSource("linters")
  void linter_printsNothing(List<String> command) throws Exception {
    assumeTrue(
        Soak.ON || !command.getFirst().equals("shellcheck"),
        "only in the long run: .ci/lint asks the same of every submission, and it takes its time");
    boolean there = Shell.find(command.getFirst()).isPresent();
    if (!there) {
      System.out.println("skipped, not on this machine: " + command.getFirst());
    }
    assumeTrue(there, command.getFirst());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(output).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}

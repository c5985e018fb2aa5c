package vended.fuzz;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fuzzes with Jazzer, which measures what each input covers and makes new ones of those that cover
 * more.
 *
 * @see <a
 *     href="https://github.com/CodeIntelligenceTesting/jazzer/blob/main/docs/advanced.md">Jazzer's
 *     options</a>
 * @see <a href="https://llvm.org/docs/LibFuzzer.html#options">libFuzzer's options</a>
 */
final class Guided {
  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units: ([0-9]+)");
  private static final Pattern COVERAGE = Pattern.compile("cov: ([0-9]+) ");

  /** Of each target, this many inputs are kept. */
  private static final int MOST_KEPT = 60;

  private static final int LONGEST_KEPT = 1000;

  private final Targets one;
  private final Path libraries;
  private final Path folder;

  Guided(Targets one, Path libraries) {
    this.one = one;
    this.libraries = libraries;
    this.folder = Path.of("target/fuzz").resolve(one.word());
  }

  Main.Result run(Duration time, boolean keep) throws Exception {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    empty(folder.resolve("findings"));
    int i = 0;
    for (byte[] input : Fuzzer.start(one.target(), Corpus.read(one.corpus()))) {
      Files.write(corpus.resolve("seed-" + i++), input);
    }
    long start = System.nanoTime();
    String output = jazzer("-max_total_time=" + time.toSeconds(), corpus.toString());
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    List<String> findings = findings(output);
    if (keep && findings.isEmpty()) {
      keep(corpus);
    }
    return new Main.Result(
        one,
        "coverage " + last(COVERAGE, output),
        Long.parseLong(last(EXECUTIONS, output)),
        seconds,
        findings);
  }

  private static void empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static String last(Pattern pattern, String output) {
    Matcher found = pattern.matcher(output);
    String last = "0";
    while (found.find()) {
      last = found.group(1);
    }
    return last;
  }

  /** Each finding, as small as our own fuzzer makes it; or why Jazzer did not run. */
  private List<String> findings(String output) throws IOException {
    List<String> findings = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("findings"))) {
      for (Path file : files.toList()) {
        Fuzzer.Finding finding = new Fuzzer(one.target()).replay(List.of(Files.readAllBytes(file)));
        findings.add(
            finding == null
                ? "fuzz: %s, only under Jazzer: %s".formatted(file, tail(output))
                : "fuzz: add this line to src/test/resources/fuzz/%s.txt: %s\n%s"
                    .formatted(one.corpus(), finding.input(), finding.failure()));
      }
    }
    if (findings.isEmpty() && !output.contains("stat::number_of_executed_units")) {
      findings.add("fuzz: Jazzer did not run: " + tail(output));
    }
    return findings;
  }

  private static String tail(String output) {
    return output.substring(Math.max(0, output.length() - 3000));
  }

  private String jazzer(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+EnableDynamicAgentLoading",
                "-Dfuzz.target=" + one.word(),
                "-cp",
                libraries + "/*" + File.pathSeparator + System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Jazzer.class.getName(),
                "--instrumentation_includes=vended.**",
                "--instrumentation_excludes=vended.fuzz.**",
                "--custom_hook_excludes=**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder.resolve("findings") + "/",
                "-print_final_stats=1",
                "-rss_limit_mb=4096",
                "-max_len=4096",
                "-timeout=120"));
    if (!one.target().words().isEmpty()) {
      command.add("-dict=" + dictionary());
    }
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
      lines.lines().forEach(line -> output.append(line).append('\n'));
    }
    process.waitFor();
    Files.writeString(folder.resolve("log"), output);
    return output.toString();
  }

  private Path dictionary() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String word : one.target().words()) {
      lines.append('"').append(Corpus.line(Data.of(word)).replace("\"", "\\\"")).append("\"\n");
    }
    return Files.writeString(folder.resolve("words"), lines, StandardCharsets.US_ASCII);
  }

  /** Keeps the shortest inputs that together cover as much as all of them. */
  private void keep(Path corpus) throws Exception {
    Path merged = folder.resolve("merged");
    empty(merged);
    jazzer("-merge=1", merged.toString(), corpus.toString());
    List<byte[]> kept = new ArrayList<>(Corpus.read(one.corpus()));
    try (Stream<Path> files = Files.list(merged)) {
      List<byte[]> inputs = new ArrayList<>();
      for (Path file : files.toList()) {
        inputs.add(Files.readAllBytes(file));
      }
      inputs.stream()
          .filter(input -> input.length <= LONGEST_KEPT)
          .sorted((a, b) -> Integer.compare(a.length, b.length))
          .limit(Math.max(0, MOST_KEPT - kept.size()))
          .forEach(kept::add);
    }
    Corpus.write(one.corpus(), kept);
  }
}

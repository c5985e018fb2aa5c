package vended.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code vend audit export}: both files or neither, and never one beside another's. */
class ExportFilesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path home;

  private static StandIn service() {
    return new StandIn(
        request ->
            new StandIn.Answer(
                200,
                "application/jsonl",
                "{\"vendId\":\"01M8AQ4EPCPHNR9099NDNQVT51\",\"kind\":\"outcome\"}\n",
                java.util.Map.of()));
  }

  private Run export(StandIn service) {
    return Run.vend(
            Shell.any(),
            home,
            "audit",
            "export",
            "--since=2026-01-01",
            "--until=2026-02-01",
            "--output=out/one")
        .calling(service.url())
        .with("TMPDIR", home.toString());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"one.jsonl", "one.manifest.json"})
  void aFileThatExistsIsSaidBeforeAnythingIsDownloaded(String name) throws Exception {
    Files.createDirectory(home.resolve("out"));
    Files.writeString(home.resolve("out").resolve(name), "old");
    try (StandIn service = service()) {
      Run.Result result = export(service).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("out/" + name + " exists");
      assertThat(service.requests).isEmpty();
    }
    assertThat(files()).containsExactly(name);
    assertThat(home.resolve("out").resolve(name)).hasContent("old");
  }

  @Test
  void aFolderThatIsNotThereIsSaidBeforeAnythingIsDownloaded() {
    try (StandIn service = service()) {
      Run.Result result = export(service).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err()).contains("can't write into");
      assertThat(service.requests).isEmpty();
    }
  }

  @Test
  void bothFilesAreLeftAndNothingElse() throws Exception {
    Files.createDirectory(home.resolve("out"));
    try (StandIn service = service()) {
      assertThat(export(service).result().exit()).isZero();
    }
    assertThat(files()).containsExactly("one.jsonl", "one.manifest.json");
  }

  /** Somebody else's manifest comes in during the download, or no second file can be made. */
  @ParameterizedTest
  @ValueSource(strings = {"echo other > \"$4\"; exit 1", "exec cp -- /nowhere \"$4\""})
  void whereTheSecondFileCannotBeMade_NeitherIsLeft(String second) throws Exception {
    Files.createDirectory(home.resolve("out"));
    try (StandIn service = service()) {
      Run.Result result = export(service).programsIn(secondLink(second)).result();

      assertThat(result.exit()).isEqualTo(1);
      assertThat(files()).doesNotContain("one.jsonl").noneMatch(name -> name.endsWith(".new"));
    }
  }

  @Test
  void whoIsKilledBetweenTheTwoLeavesNoManifest_AndTheNextRunSaysSo() throws Exception {
    Files.createDirectory(home.resolve("out"));
    try (StandIn service = service()) {
      export(service).programsIn(secondLink("kill -9 $PPID; exit 1")).result();
      assertThat(files()).contains("one.jsonl").doesNotContain("one.manifest.json");

      Run.Result next = export(service).result();
      assertThat(next.exit()).isEqualTo(1);
      assertThat(next.err()).contains("out/one.jsonl exists");
      assertThat(files()).doesNotContain("one.manifest.json");
    }
  }

  /** An ln that does this instead of the second link; mv is kept from standing in for it. */
  private Path secondLink(String instead) throws IOException {
    Path stubs = Files.createDirectory(home.resolve("stubs"));
    Programs.write(
        stubs.resolve("ln"),
        """
        set -- ln "$@"
        case $4 in *.manifest.json) %s ;; esac
        shift
        exec "%s/ln" "$@\"\
        """
            .formatted(instead, Run.programs()));
    Programs.write(stubs.resolve("mv"), "exit 1");
    return stubs;
  }
}

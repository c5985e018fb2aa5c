package vended.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import vended.fuzz.Fuzzer.Finding;

/** Fuzzes without measuring coverage: what does not run in a JVM has none to measure. */
final class Unguided {
  private Unguided() {}

  static Main.Result run(Targets one, Duration time) throws Exception {
    long seed = Long.getLong("fuzz.seed", RandomGenerator.getDefault().nextLong());
    Fuzzer fuzzer = new Fuzzer(one.target());
    List<byte[]> inputs = Fuzzer.start(one.target(), Corpus.read(one.corpus()));
    long start = System.nanoTime();
    Finding finding = fuzzer.replay(inputs);
    if (finding == null) {
      finding = fuzzer.fuzz(inputs, seed, Long.MAX_VALUE, time);
    }
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    List<String> findings =
        finding == null
            ? List.of()
            : List.of(
                "fuzz: add this line to src/test/resources/fuzz/%s.txt: %s\n%s"
                    .formatted(one.corpus(), finding.input(), finding.failure()));
    return new Main.Result(one, "seed " + seed, fuzzer.executions(), seconds, findings);
  }
}

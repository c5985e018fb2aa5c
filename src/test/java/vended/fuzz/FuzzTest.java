package vended.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vended.Soak;
import vended.fuzz.Fuzzer.Finding;

/**
 * Replays the corpus, and tries some new inputs, always the same ones. {@code ./mvnw -Pfuzz} tries
 * others, for as long as it is told.
 */
class FuzzTest {
  private static final long SEED = 1;

  /** The script in each shell in the long run, and otherwise in one. */
  static Stream<Targets> targets() {
    Set<String> seen = new HashSet<>();
    return Targets.all().stream().filter(one -> Soak.ON || seen.add(one.corpus()));
  }

  @ParameterizedTest
  @MethodSource("targets")
  void propertiesHold(Targets one) throws Exception {
    Target target = one.target();
    List<byte[]> inputs = Fuzzer.start(target, Corpus.read(one.corpus()));
    Fuzzer fuzzer = new Fuzzer(target);

    assertThat(shown(fuzzer.replay(inputs))).isEmpty();
    assertThat(shown(fuzzer.fuzz(inputs, SEED, one.tries(), Duration.ofHours(1)))).isEmpty();
  }

  private static String shown(@Nullable Finding finding) {
    return finding == null ? "" : "input: " + finding.input() + "\n" + finding.failure();
  }

  @Test
  void findingIsMadeSmall() {
    Target target =
        new Target() {
          @Override
          public void check(byte[] input) {
            Target.check(!new Data(input).rest().contains("a*"), "no a before a star");
          }

          @Override
          public List<String> seeds() {
            return List.of("some text with an a in it");
          }

          @Override
          public List<String> words() {
            return List.of("*");
          }
        };
    Finding finding =
        new Fuzzer(target)
            .fuzz(Fuzzer.start(target, List.of()), SEED, 100_000, Duration.ofHours(1));

    assertThat(shown(finding)).startsWith("input: a*\n");
  }

  @Test
  void lineOfTheCorpusIsTheInput() {
    byte[] input = new byte[256];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) i;
    }

    assertThat(Corpus.bytes(Corpus.line(input))).isEqualTo(input);
    assertThat(Corpus.line(input)).matches("[ -~]*");
  }
}

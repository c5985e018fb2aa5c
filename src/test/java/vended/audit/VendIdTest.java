package vended.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VendIdTest {
  private static Supplier<VendId> at(String time, RandomGenerator random) {
    return VendId.source(Clock.fixed(Instant.parse(time), ZoneOffset.UTC), random);
  }

  @Test
  void anIdBeginsWithItsTime_asUlidsDo() {
    // The ULID specification's own example: 1469918176385 ms.
    assertThat(at("2016-07-30T22:36:16.385Z", new SecureRandom()).get().value())
        .startsWith("01ARYZ6S41")
        .hasSize(26);
  }

  @Test
  void laterIdsSortBehindEarlierOnes() {
    RandomGenerator random = new SecureRandom();
    assertThat(at("2026-01-01T00:00:00.000Z", random).get().value())
        .isLessThan(at("2026-01-01T00:00:00.001Z", random).get().value());
  }

  @Test
  void everyCharacterBehindTheTimeIsRandom() {
    Supplier<VendId> ids = at("2026-01-01T00:00:00Z", new SecureRandom());
    for (int i = 10; i < 26; i++) {
      Set<Character> seen = new HashSet<>();
      for (int n = 0; n < 1000; n++) {
        seen.add(ids.get().value().charAt(i));
      }
      assertThat(seen).as("character %d", i).hasSize(32);
    }
  }

  @Test
  void onlyUlidsParse() {
    assertThat(VendId.parse("01ARYZ6S41TSV4RRFFQ69G5FAV")).isPresent();
    assertThat(VendId.parse("01ARYZ6S41TSV4RRFFQ69G5FA")).isEmpty();
    assertThat(VendId.parse("01ARYZ6S41TSV4RRFFQ69G5FAI")).isEmpty();
    assertThat(VendId.parse("81ARYZ6S41TSV4RRFFQ69G5FAV")).isEmpty();
    assertThat(VendId.parse(null)).isEmpty();
  }
}

package vended.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vended.audit.AuditException;
import vended.audit.query.AuditFilter.KindFilter;
import vended.clock.SettableClock;

/** The work of one call is bounded, whatever the audit contains and whatever is asked. */
class AskAuditTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final AuditFilter NONE =
      new AuditFilter(Map.of("caller", Set.of("x")), Set.of(KindFilter.ALL), Set.of());
  private static final AuditFilter ALL = new AuditFilter(KindFilter.ALL, null);
  private static final AuditFilter OPEN = new AuditFilter(KindFilter.ALL, "open");

  private final SettableClock clock = new SettableClock(START);

  /** An endless audit: each step has as many rows as requested, or none. */
  private final class Endless implements AuditRows {
    private final Map<String, Object> attributes;
    private final boolean empty;
    private final Duration stepTakes;
    private final List<Integer> steps = new ArrayList<>();
    private int lookedUp;

    Endless(Map<String, Object> attributes, boolean empty, Duration stepTakes) {
      this.attributes = attributes;
      this.empty = empty;
      this.stepTakes = stepTakes;
    }

    @Override
    public Slice read(AuditKey key, Period period, @Nullable Position from, int limit) {
      clock.advance(stepTakes);
      int first = steps.stream().mapToInt(Integer::intValue).sum();
      steps.add(empty ? 0 : limit);
      List<AuditRow> rows =
          IntStream.range(first, first + (empty ? 0 : limit))
              .mapToObj(i -> new AuditRow("vend" + i, "intent", "2026-02-01T", 0, attributes))
              .toList();
      return new Slice(rows, Position.before(START));
    }

    @Override
    public Map<String, List<AuditRow>> ofVends(Collection<String> vendIds, Set<String> kinds) {
      lookedUp += vendIds.size();
      return Map.of();
    }
  }

  private Slice ask(AuditRows rows, AuditFilter filter, int limit) throws AuditException {
    return new AskAudit(rows, clock)
        .ask(new AuditQuestion(new AuditKey.Hours(), Period.ALL, filter), null, limit);
  }

  @Test
  void noMoreThanTenThousandRowsAreRead() throws Exception {
    Endless audit = new Endless(Map.of(), false, Duration.ZERO);

    Slice page = ask(audit, NONE, 100);

    assertThat(audit.steps).hasSize(10).containsOnly(1000);
    assertThat(page.rows()).isEmpty();
    assertThat(page.next()).isNotNull();
  }

  @Test
  void noMoreThanTwoHundredStepsAreMade() throws Exception {
    Endless audit = new Endless(Map.of(), true, Duration.ZERO);

    assertThat(ask(audit, ALL, 100).next()).isNotNull();

    assertThat(audit.steps).hasSize(200);
  }

  @Test
  void noStepIsMadeAfterEightSeconds() throws Exception {
    Endless audit = new Endless(Map.of(), true, Duration.ofSeconds(2));

    assertThat(ask(audit, ALL, 100).next()).isNotNull();

    assertThat(audit.steps).hasSize(4);
  }

  @Test
  void aPageEndsBeforeTheIntentsThatAreTooManyToBeLookedUp() throws Exception {
    Endless audit = new Endless(Map.of(), false, Duration.ZERO);

    Slice page = ask(audit, OPEN, 1000);

    assertThat(audit.lookedUp).isEqualTo(100);
    assertThat(page.rows()).hasSize(100);
    assertThat(page.next()).isEqualTo(Position.after(page.rows().getLast()));
  }

  @Test
  void aPageEndsBeforeItIsTooLargeForLambda() throws Exception {
    Endless audit = new Endless(Map.of("after", "x".repeat(300_000)), false, Duration.ZERO);

    Slice page = ask(audit, ALL, 1000);

    assertThat(page.rows()).hasSize(4);
    assertThat(page.next()).isEqualTo(Position.after(page.rows().getLast()));
  }
}

package vended.chaos.wire;

import java.util.concurrent.CountDownLatch;

/** A fault of some attempts of one call. */
public record Strike(Boundary where, Fault fault, Tries tries) {
  /** Which attempts of the call go wrong. */
  public enum Tries {
    FIRST,
    /** The first one too, by an error that the SDK retries. */
    SECOND,
    ALL
  }

  Effect on(Attempt attempt, CountDownLatch release) {
    return switch (tries) {
      case FIRST -> attempt.number() == 1 ? fault.on(attempt, release) : new Effect.Pass();
      case SECOND ->
          switch (attempt.number()) {
            case 1 -> Fault.SERVER_ERROR.on(attempt, release);
            case 2 -> fault.on(attempt, release);
            default -> new Effect.Pass();
          };
      case ALL -> fault.on(attempt, release);
    };
  }

  /** Whether the fault itself has happened. */
  boolean isDoneBy(Attempt attempt) {
    return attempt.number() == (tries == Tries.SECOND ? 2 : 1);
  }

  @Override
  public String toString() {
    return "%s at %s, %s".formatted(fault, where, tries);
  }
}

package vended.report;

/**
 * A number in a report, and how certain it is. Code that shows one must decide what to say if not
 * everything was read; a plain number would pass for the whole truth.
 */
public sealed interface Figure {
  /** The exact number: everything that it counts was read. */
  record Exact(long read) implements Figure {}

  /** A lower bound: the rows read had this many, and the others can have more. */
  record AtLeast(long read) implements Figure {}

  /** Nothing that it counts was read, or the rows read say nothing about it. */
  record Unknown() implements Figure {
    @Override
    public long read() {
      return 0;
    }
  }

  /** The number found in the rows read, for diagrams and grammar; never show it alone. */
  long read();

  /** An exact number, or else a lower bound. */
  static Figure of(long read, boolean exact) {
    return exact ? new Exact(read) : new AtLeast(read);
  }

  /** Whether there is certainly none. */
  default boolean isCertainlyZero() {
    return this instanceof Exact && read() == 0;
  }

  /** The sum, as certain as the less certain of both. */
  default Figure plus(Figure other) {
    if (this instanceof Unknown || other instanceof Unknown) {
      return new Unknown();
    }
    return of(read() + other.read(), this instanceof Exact && other instanceof Exact);
  }

  /** How many remain without some that were read. */
  default Figure minus(long some) {
    return switch (this) {
      case Exact(long read) -> new Exact(read - some);
      case AtLeast(long read) -> new AtLeast(read - some);
      case Unknown unknown -> unknown;
    };
  }
}

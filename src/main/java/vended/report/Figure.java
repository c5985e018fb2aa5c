package vended.report;

/**
 * A number in a report, and how sure it is. Whoever shows one must decide what to say if not
 * everything was read: a plain number would pass for the whole truth.
 */
public sealed interface Figure {
  /** The number itself: everything that it counts was read. */
  record Exact(long read) implements Figure {}

  /** A lower bound: what was read had this many, and what was not read may have more. */
  record AtLeast(long read) implements Figure {}

  /** Nothing of what it counts was read, or what was read says nothing about it. */
  record Unknown() implements Figure {
    @Override
    public long read() {
      return 0;
    }
  }

  /** How many were seen, for diagrams and grammar; not to be shown alone. */
  long read();

  /** A number of which everything was read, or else a lower bound. */
  static Figure of(long read, boolean exact) {
    return exact ? new Exact(read) : new AtLeast(read);
  }

  /** Whether it is certain that there is none. */
  default boolean isCertainlyZero() {
    return this instanceof Exact && read() == 0;
  }

  /** A sum, as sure as the less sure of both. */
  default Figure plus(Figure other) {
    if (this instanceof Unknown || other instanceof Unknown) {
      return new Unknown();
    }
    return of(read() + other.read(), this instanceof Exact && other instanceof Exact);
  }

  /** How many remain beside some that were read. */
  default Figure minus(long some) {
    return switch (this) {
      case Exact(long read) -> new Exact(read - some);
      case AtLeast(long read) -> new AtLeast(read - some);
      case Unknown unknown -> unknown;
    };
  }
}

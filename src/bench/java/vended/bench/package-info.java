/**
 * The benchmark: {@code ./mvnw -Pbench}, described in {@code docs/performance.md}. It measures the
 * packaged jar from outside, beside peers that make the same calls, in rounds in which each has its
 * turn.
 */
@NullMarked
package vended.bench;

import org.jspecify.annotations.NullMarked;

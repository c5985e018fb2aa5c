/**
 * Fuzzing: inputs that nobody thought of, against properties that must hold for all. {@code
 * FuzzTest} replays the corpus and tries some thousand new inputs; {@code ./mvnw -Pfuzz} goes on
 * for ten minutes, guided by coverage.
 */
@NullMarked
package vended.fuzz;

import org.jspecify.annotations.NullMarked;

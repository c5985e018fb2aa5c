/**
 * Explores the protocol: every order in which concurrent requests can reach the tables and STS,
 * with lost answers and crashes, on the real use cases. {@code ExplorationTest} has the scenarios.
 *
 * <p>A use case is a function of the answers that it gets. So a request is run from its start each
 * time, with the answers so far, until it makes the next call; then it is dropped, and the explorer
 * tries every answer that this call can get ({@link Request}). All state is in immutable values
 * ({@link World}, {@link Situation}), so a situation that was reached before is not explored again.
 */
@NullMarked
package vended.exploration;

import org.jspecify.annotations.NullMarked;

package vended.exploration;

import org.jspecify.annotations.Nullable;

/** Something that must hold in every situation. */
@FunctionalInterface
interface Promise {
  /**
   * Checks a situation.
   *
   * @return what is wrong; null if it holds
   */
  @Nullable String broken(Scenario scenario, Situation situation);
}

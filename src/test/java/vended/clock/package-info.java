/** Clocks for tests, which nobody waits for. */
@NullMarked
package vended.clock;

import org.jspecify.annotations.NullMarked;

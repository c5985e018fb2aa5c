/**
 * A network between the functions and AWS that numbers their calls, and breaks those it is told.
 */
@NullMarked
package vended.chaos.wire;

import org.jspecify.annotations.NullMarked;

/**
 * Kills the packaged jar's processes before, during and after each call of AWS, and looks at what
 * is left. Which calls there are is learned from an event that nobody disturbs.
 */
@NullMarked
package vended.crash;

import org.jspecify.annotations.NullMarked;

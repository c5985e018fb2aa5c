/** Runs {@code bin/vend} itself, in every shell of this machine, against small stand-ins. */
@NullMarked
package vended.script;

import org.jspecify.annotations.NullMarked;

/** Tests of the whole. */
@NullMarked
package vended;

import org.jspecify.annotations.NullMarked;

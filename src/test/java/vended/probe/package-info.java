/** Tests of what the package does, seen from outside it. */
@NullMarked
package vended.probe;

import org.jspecify.annotations.NullMarked;

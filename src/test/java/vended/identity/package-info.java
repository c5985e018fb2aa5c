/** Tests of what the package does, seen from outside it. */
@NullMarked
package vended.identity;

import org.jspecify.annotations.NullMarked;

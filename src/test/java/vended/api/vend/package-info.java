/** Tests of what the package does, seen from outside it. */
@NullMarked
package vended.api.vend;

import org.jspecify.annotations.NullMarked;

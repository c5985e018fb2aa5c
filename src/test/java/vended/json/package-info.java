/** Tests of what the package does, seen from outside it. */
@NullMarked
package vended.json;

import org.jspecify.annotations.NullMarked;

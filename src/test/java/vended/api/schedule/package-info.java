/** Tests of what the package does, seen from outside it. */
@NullMarked
package vended.api.schedule;

import org.jspecify.annotations.NullMarked;

/** The Lambda handlers, the strict reading of bodies, and the one map from results to HTTP. */
@NullMarked
package vended.api;

import org.jspecify.annotations.NullMarked;

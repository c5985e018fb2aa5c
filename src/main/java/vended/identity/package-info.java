/** Who calls and which role is meant: names that are either well-formed or refused. */
@NullMarked
package vended.identity;

import org.jspecify.annotations.NullMarked;

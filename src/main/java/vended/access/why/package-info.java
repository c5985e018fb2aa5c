/** Explains one decision: what a record says, what the rows say now, and what would change it. */
@NullMarked
package vended.access.why;

import org.jspecify.annotations.NullMarked;

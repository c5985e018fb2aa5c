/** Which caller may have which client role: the rows, and the rules for each of them alone. */
@NullMarked
package vended.allowlist;

import org.jspecify.annotations.NullMarked;

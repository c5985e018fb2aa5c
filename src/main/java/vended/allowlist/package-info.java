/** Which caller may have which client role: the rows, how they are read, and the decision. */
@NullMarked
package vended.allowlist;

import org.jspecify.annotations.NullMarked;

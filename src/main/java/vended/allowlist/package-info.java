/** Which caller may have which client role: the rows, and the ports that read and write them. */
@NullMarked
package vended.allowlist;

import org.jspecify.annotations.NullMarked;

/** Text as people see it: visible characters, digests. */
@NullMarked
package vended.text;

import org.jspecify.annotations.NullMarked;

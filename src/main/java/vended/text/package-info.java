/** Text: the codes of enums, visible characters, digests. */
@NullMarked
package vended.text;

import org.jspecify.annotations.NullMarked;

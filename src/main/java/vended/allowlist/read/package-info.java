/** The ports that read the allow-list: for a decision, for lists, and for explanations. */
@NullMarked
package vended.allowlist.read;

import org.jspecify.annotations.NullMarked;

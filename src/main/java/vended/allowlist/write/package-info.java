/**
 * The port that changes the allow-list, and the conditional writes that it makes. Code that only
 * reads never depends on this package.
 */
@NullMarked
package vended.allowlist.write;

import org.jspecify.annotations.NullMarked;

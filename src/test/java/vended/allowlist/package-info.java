/** The contract of the allow-list, and an allow-list in memory that fulfils it. */
@NullMarked
package vended.allowlist;

import org.jspecify.annotations.NullMarked;

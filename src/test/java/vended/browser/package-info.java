/** A real browser, for what only one can tell. */
@NullMarked
package vended.browser;

import org.jspecify.annotations.NullMarked;

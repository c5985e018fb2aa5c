/**
 * Deliberate breaks: for each promise, changes of the product that would break it, and the tests
 * that must fail then.
 */
@NullMarked
package vended.breaks;

import org.jspecify.annotations.NullMarked;

/**
 * What the doors share: identifying the caller, reading bodies strictly, and writing problems. Each
 * door is a package of its own, and knows no other.
 */
@NullMarked
package vended.api;

import org.jspecify.annotations.NullMarked;

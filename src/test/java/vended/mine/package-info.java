/** Tests of what clients see and close, on an allow-list in memory. */
@NullMarked
package vended.mine;

import org.jspecify.annotations.NullMarked;

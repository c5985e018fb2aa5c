/** The mine function: the routes {@code /mine/…}. */
@NullMarked
package vended.api.mine;

import org.jspecify.annotations.NullMarked;

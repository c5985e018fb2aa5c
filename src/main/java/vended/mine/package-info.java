/**
 * The client's view: what a client sees of the vendor's use of its account, and how it suspends
 * itself. Whose account it is comes from the verified identity alone.
 */
@NullMarked
package vended.mine;

import org.jspecify.annotations.NullMarked;

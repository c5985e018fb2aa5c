/**
 * What the deployed stack will be, read from the templates themselves: the local stack is made from
 * it, and the tests of the templates ask it.
 */
@NullMarked
package vended.template;

import org.jspecify.annotations.NullMarked;

/**
 * What answers are compared with: readers written from the standards, without the product's code.
 */
@NullMarked
package vended.fuzz.oracle;

import org.jspecify.annotations.NullMarked;

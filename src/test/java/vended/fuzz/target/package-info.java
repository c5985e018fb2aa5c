/** What is fuzzed: a class for each part of the product, with the properties that it must have. */
@NullMarked
package vended.fuzz.target;

import org.jspecify.annotations.NullMarked;

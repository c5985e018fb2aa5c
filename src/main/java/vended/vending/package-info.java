/** The use cases of a pipeline: decide, record, assume the role, record the outcome. */
@NullMarked
package vended.vending;

import org.jspecify.annotations.NullMarked;

/** The use cases of a pipeline: get credentials, and list the grants. */
@NullMarked
package vended.vending;

import org.jspecify.annotations.NullMarked;

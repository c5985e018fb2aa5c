/** The figures of docs/capacity.md. */
@NullMarked
package vended.capacity;

import org.jspecify.annotations.NullMarked;

/** Tests of administrators' use cases without the stack. */
@NullMarked
package vended.admin;

import org.jspecify.annotations.NullMarked;

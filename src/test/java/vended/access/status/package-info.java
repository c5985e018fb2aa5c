/** Tests of the status, without the stack. */
@NullMarked
package vended.access.status;

import org.jspecify.annotations.NullMarked;

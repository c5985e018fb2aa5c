/** AssumeRole: the call, the credentials it returns, and the adapter of STS. */
@NullMarked
package vended.sts;

import org.jspecify.annotations.NullMarked;

/** Tests of what the package does, seen from outside it. */
@NullMarked
package vended.allowlist.dynamo;

import org.jspecify.annotations.NullMarked;

/** Tests of what the package does, seen from outside it. */
@NullMarked
package vended.audit.dynamo;

import org.jspecify.annotations.NullMarked;

/**
 * A small and strict reading of IAM policies, for tests and the laptop's stand-ins: what it does
 * not know it refuses with an exception, since a guess here would make a test of a policy
 * worthless.
 */
@NullMarked
package vended.iam;

import org.jspecify.annotations.NullMarked;

/**
 * Stand-ins for DynamoDB and STS, in a process of their own: fixed answers after a fixed time, with
 * a record of how long they really took, since that is what a vend is measured against.
 */
@NullMarked
package vended.bench.standin;

import org.jspecify.annotations.NullMarked;

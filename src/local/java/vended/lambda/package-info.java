/**
 * What runs the packaged jar as Lambda does: a process of Lambda's own runtime client, and
 * stand-ins for what the client and the AWS SDK ask there. The tests of the jar and the benchmark
 * use it.
 */
@NullMarked
package vended.lambda;

import org.jspecify.annotations.NullMarked;

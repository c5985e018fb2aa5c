/**
 * The stack on a laptop, and under the tests: stand-ins for API Gateway and STS that refuse what
 * the real ones refuse, Amazon's own DynamoDB Local, and {@link vended.local.LocalStack}, which
 * puts them together. Nothing here is deployed.
 */
@NullMarked
package vended.local;

import org.jspecify.annotations.NullMarked;

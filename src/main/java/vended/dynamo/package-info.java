/** What every adapter of a DynamoDB table shares. */
@NullMarked
package vended.dynamo;

import org.jspecify.annotations.NullMarked;

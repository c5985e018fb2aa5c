/** Shared by the adapters of all DynamoDB tables. */
@NullMarked
package vended.dynamo;

import org.jspecify.annotations.NullMarked;

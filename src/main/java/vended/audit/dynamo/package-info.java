/** The audit in DynamoDB: the items, and the adapters that append and read them. */
@NullMarked
package vended.audit.dynamo;

import org.jspecify.annotations.NullMarked;

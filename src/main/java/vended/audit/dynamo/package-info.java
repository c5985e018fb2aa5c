/** The audit in DynamoDB: its items, and the adapters that insert and read them. */
@NullMarked
package vended.audit.dynamo;

import org.jspecify.annotations.NullMarked;

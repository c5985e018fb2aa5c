/** The allow-list in DynamoDB: the rows, and the adapters that read and write them. */
@NullMarked
package vended.allowlist.dynamo;

import org.jspecify.annotations.NullMarked;

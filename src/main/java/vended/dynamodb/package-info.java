/** What all that reads or writes a DynamoDB table shares. */
@NullMarked
package vended.dynamodb;

import org.jspecify.annotations.NullMarked;

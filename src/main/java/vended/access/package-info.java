/**
 * Who has access now, and why or why not: read for administrators and auditors from the rows that
 * decide, by the decision that vends.
 */
@NullMarked
package vended.access;

import org.jspecify.annotations.NullMarked;

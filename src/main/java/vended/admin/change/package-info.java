/** Audited changes: drafts, records, refusals and results. No audit record, no change. */
@NullMarked
package vended.admin.change;

import org.jspecify.annotations.NullMarked;

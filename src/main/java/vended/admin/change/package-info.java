/**
 * An audited change: the draft of one, its record, and what is refused. No audit record, no change.
 */
@NullMarked
package vended.admin.change;

import org.jspecify.annotations.NullMarked;

/**
 * The routes {@code /access/…} of the audit function, which administrators may call, too: they show
 * what access is worth now, one decision, when a grant was last used, and what never ended in the
 * last 24 hours, and nothing else of the audit.
 */
@NullMarked
package vended.api.access;

import org.jspecify.annotations.NullMarked;

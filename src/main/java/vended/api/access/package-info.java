/**
 * The routes {@code /access/…} of the audit function, which administrators may call, too: they show
 * what access is worth now, one decision, and when a grant was last used, and nothing else of the
 * audit.
 */
@NullMarked
package vended.api.access;

import org.jspecify.annotations.NullMarked;

/**
 * The audit at a vendor's real volume, compared with a model that was kept while it was written.
 */
@NullMarked
package vended.volume;

import org.jspecify.annotations.NullMarked;

/** Who assumed what: the records, and the append-only log that they go to. */
@NullMarked
package vended.audit;

import org.jspecify.annotations.NullMarked;

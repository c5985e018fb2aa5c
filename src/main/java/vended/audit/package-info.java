/** Who did what: the audit records, and the ports that store and read them. */
@NullMarked
package vended.audit;

import org.jspecify.annotations.NullMarked;

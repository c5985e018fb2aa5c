/** Tests of how the audit is read. */
@NullMarked
package vended.audit.query;

import org.jspecify.annotations.NullMarked;

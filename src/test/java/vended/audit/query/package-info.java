/** Tests of reading the audit. */
@NullMarked
package vended.audit.query;

import org.jspecify.annotations.NullMarked;

/**
 * Reads the audit: rows by one key and one period, newest first, in bounded steps. Nothing here
 * writes.
 */
@NullMarked
package vended.audit.query;

import org.jspecify.annotations.NullMarked;

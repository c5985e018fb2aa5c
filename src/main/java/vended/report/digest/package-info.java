/**
 * What is worth saying about the figures of a report: what to look at, what is new, how it compares
 * with the period before, and who had access to which client.
 */
@NullMarked
package vended.report.digest;

import org.jspecify.annotations.NullMarked;

/**
 * The figures of the auditors' report: a period's rows and the current allow-list, added up. {@code
 * make} makes them, {@code page} draws them.
 */
@NullMarked
package vended.report;

import org.jspecify.annotations.NullMarked;

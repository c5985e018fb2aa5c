/** Reads the audit and the allow-list within a time limit and adds the figures up. */
@NullMarked
package vended.report.make;

import org.jspecify.annotations.NullMarked;

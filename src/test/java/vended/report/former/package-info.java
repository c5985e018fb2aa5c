/** Tests of the writer that all text of a report goes through. */
@NullMarked
package vended.report.former;

import org.jspecify.annotations.NullMarked;

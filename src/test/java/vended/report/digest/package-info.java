/** Tests of what is worth saying about a report. */
@NullMarked
package vended.report.digest;

import org.jspecify.annotations.NullMarked;

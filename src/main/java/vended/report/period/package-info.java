/** The figures of a period: exact, and the same each time once it is over. */
@NullMarked
package vended.report.period;

import org.jspecify.annotations.NullMarked;

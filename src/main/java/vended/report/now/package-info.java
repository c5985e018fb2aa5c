/** The current allow-list, as a report shows it. */
@NullMarked
package vended.report.now;

import org.jspecify.annotations.NullMarked;

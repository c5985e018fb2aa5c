/** Makes a report in as many calls as it takes, each with a bounded amount of work. */
@NullMarked
package vended.report.make;

import org.jspecify.annotations.NullMarked;

/** Adds a report up in as many calls as it takes, each of which does bounded work. */
@NullMarked
package vended.report.make;

import org.jspecify.annotations.NullMarked;

/** Tests of the writer of HTML. */
@NullMarked
package vended.report.html;

import org.jspecify.annotations.NullMarked;

/** Reports made up for tests of the page, and the page in a browser. */
@NullMarked
package vended.report.page;

import org.jspecify.annotations.NullMarked;

/**
 * Draws a report as one self-contained HTML document: no script, no other file. All text goes
 * through {@link vended.report.html.Html}, which escapes it.
 */
@NullMarked
package vended.report.page;

import org.jspecify.annotations.NullMarked;

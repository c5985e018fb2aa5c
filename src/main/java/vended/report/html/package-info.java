/**
 * Writes HTML in which every text stays text. {@code Html} escapes, {@code HtmlTable} makes tables,
 * {@code Formats} and {@code ArnParts} make numbers, times and ARNs readable.
 */
@NullMarked
package vended.report.html;

import org.jspecify.annotations.NullMarked;
